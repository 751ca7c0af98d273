import { describe, expect, it } from "vitest";

import { blocks, code, inlines } from "../../../src/ui/text/prose.ts";

describe("a sentence", () => {
  it("has code between backticks", () => {
    expect(inlines("Rows of `x` meet `w.T`.")).toEqual([
      { kind: "text", text: "Rows of " },
      { kind: "code", text: "x" },
      { kind: "text", text: " meet " },
      { kind: "code", text: "w.T" },
      { kind: "text", text: "." },
    ]);
    expect(inlines("`x` is `1`.")).toEqual([
      { kind: "code", text: "x" },
      { kind: "text", text: " is " },
      { kind: "code", text: "1" },
      { kind: "text", text: "." },
    ]);
    expect(inlines("a ` b")).toEqual([{ kind: "text", text: "a ` b" }]);
    expect(inlines("``nothing")).toEqual([{ kind: "text", text: "nothing" }]);
  });

  it("takes a program's text on one line, shortened, with no backtick of its own", () => {
    expect(code("f(\n    a,\n    b)")).toBe("`f( a, b)`");
    expect(code("a`b")).toBe("`aˋb`");
    expect(code("x".repeat(60), 10)).toBe(`\`${"x".repeat(9)}…\``);
  });
});

describe("an explanation", () => {
  it("has figures between lines of three backticks, with their spaces", () => {
    expect(blocks("Here:\n```\n(2 × 3)\n     ↑\n```\nSo.")).toEqual([
      { kind: "paragraph", text: "Here:" },
      { kind: "figure", text: "(2 × 3)\n     ↑" },
      { kind: "paragraph", text: "So." },
    ]);
  });

  it("has a paragraph for each piece between empty lines, and keeps an unclosed figure", () => {
    expect(blocks("a\n\nb")).toHaveLength(2);
    expect(blocks("```\nx")).toEqual([{ kind: "figure", text: "x" }]);
  });
});
