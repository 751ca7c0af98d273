import { describe, expect, it } from "vitest";

import { visibleParts, plain, visible } from "../../../src/ui/text/visible.ts";

describe("visible text", () => {
  it("names characters that reorder the text around them", () => {
    expect(visible("a\u202eb\u2066c")).toBe("a⟨U+202E⟩b⟨U+2066⟩c");
  });

  it("names controls, zero-width characters, tags and lone surrogates", () => {
    expect(visible("\u0000\u0007\u200b\u{e0041}\ud800")).toBe("⟨U+0000⟩⟨U+0007⟩⟨U+200B⟩⟨U+E0041⟩⟨U+D800⟩");
  });

  it("leaves tabs, line ends, Chinese and emoji alone", () => {
    const text = "\t张量\n👩‍💻 ❤️ é";
    expect(visible(text)).toBe(text);
  });

  it("removes terminal colours, links and titles", () => {
    expect(plain("\u001b[1;31mred\u001b[0m")).toBe("red");
    expect(plain("\u001b]8;;http://example.org\u0007link\u001b]8;;\u001b\\")).toBe("link");
  });

  it("shows a line as its last carriage return left it", () => {
    expect(plain("10%\r50%\r100%\nnext\r\n")).toBe("100%\nnext\n");
  });

  it("is cut into text and hidden characters in order", () => {
    expect(visibleParts("a\u200bb")).toEqual([
      { kind: "text", text: "a" },
      { kind: "hidden", code: "U+200B" },
      { kind: "text", text: "b" },
    ]);
  });
});
