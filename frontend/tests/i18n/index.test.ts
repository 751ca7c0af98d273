import { describe, expect, it } from "vitest";

import { wanted } from "../../src/i18n/index.ts";

describe("the language", () => {
  it("is the link's, then the browser's, then English", () => {
    expect(wanted("?lang=zh-CN", ["en-GB"])).toBe("zh-CN");
    expect(wanted("", ["fr", "zh-TW", "en"])).toBe("zh-CN");
    expect(wanted("?lang=xx", ["en-GB", "zh"])).toBe("en");
    expect(wanted("", ["fr"])).toBe("en");
  });
});
