import { describe, expect, it } from "vitest";

import { blocks, pieces } from "../../../src/ui/text/explained.ts";

describe("an explanation", () => {
  it("has inline code between backticks", () => {
    expect(pieces("Rows of `x` meet `w.T`.")).toEqual([
      { kind: "text", text: "Rows of " },
      { kind: "code", text: "x" },
      { kind: "text", text: " meet " },
      { kind: "code", text: "w.T" },
      { kind: "text", text: "." },
    ]);
    expect(pieces("a ` b")).toEqual([{ kind: "text", text: "a ` b" }]);
  });

  it("has figures between lines of three backticks, with their spaces", () => {
    expect(blocks("Here:\n```\n(2 × 3)\n     ↑\n```\nSo.")).toEqual([
      { kind: "paragraph", pieces: [{ kind: "text", text: "Here:" }] },
      { kind: "figure", text: "(2 × 3)\n     ↑" },
      { kind: "paragraph", pieces: [{ kind: "text", text: "So." }] },
    ]);
  });

  it("has a paragraph for each piece between empty lines, and keeps an unclosed figure", () => {
    expect(blocks("a\n\nb")).toHaveLength(2);
    expect(blocks("```\nx")).toEqual([{ kind: "figure", text: "x" }]);
  });
});
