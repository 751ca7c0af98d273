import { describe, expect, it } from "vitest";

import { EXAMPLES } from "../../../src/app/examples/catalogue.ts";
import { program } from "../../../src/app/examples/example.ts";

describe.each(EXAMPLES.map((example) => [example.id, example] as const))("the example %s", (_, example) => {
  it("is the same program in each language", () => {
    const bare = (lang: "en" | "zh-CN"): string[] =>
      program(example, lang).map((code) => code.replace(/^( *)# .*$/gm, "$1#"));
    expect(bare("zh-CN")).toEqual(bare("en"));
  });

  it("says what there is to see, in a title and one sentence", () => {
    expect(example.sentence.en).toMatch(/\.$/);
    expect(example.sentence["zh-CN"]).toMatch(/。$/);
    expect(example.title["zh-CN"]).toMatch(/\p{Script=Han}/u);
  });
});

describe("the gallery", () => {
  it("has no two of a kind", () => {
    expect(new Set(EXAMPLES.map(({ id }) => id)).size).toBe(EXAMPLES.length);
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(12);
  });
});
