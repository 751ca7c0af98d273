import { expect, test } from "vitest";

import { mistakeText } from "../../src/embed/sayings.ts";
import { en } from "../../src/i18n/en/index.ts";
import { zhCN } from "../../src/i18n/zh-CN/index.ts";

const MISTAKE = { kind: "choice", name: "theme", given: "blue", choices: ["auto", "dark"], instead: "auto" } as const;

test("two sentences have a space between them in English, and none in Chinese", () => {
  expect(mistakeText(MISTAKE, en)).toBe(
    "`theme=blue` is not valid. Choose from `auto`, `dark`. Showing `theme=auto` instead.",
  );
  expect(mistakeText(MISTAKE, zhCN)).toBe(
    "网址参数 `theme=blue` 无效，可选值：`auto`、`dark`。现按 `theme=auto` 显示。",
  );
});
