import { describe, expect, it } from "vitest";

import { type SourceSpan, rangeOf } from "../../../src/ui/text/spans.ts";

const span = (line: number, column: number, end_line: number, end_column: number): SourceSpan => ({
  line,
  column,
  end_line,
  end_column,
});
const cut = (text: string, at: SourceSpan): string | null => {
  const range = rangeOf(text, at);
  return range === null ? null : text.slice(range.from, range.to);
};

describe("a span of the source", () => {
  it("counts characters, whatever their size in the editor", () => {
    expect(cut("a = '😀'; b = x @ x", span(1, 13, 1, 18))).toBe("x @ x");
    expect(cut("名 = '👩‍💻'\ny", span(2, 0, 2, 1))).toBe("y");
  });

  it("spans lines", () => {
    expect(cut("f(\n  x,\n)", span(1, 0, 3, 1))).toBe("f(\n  x,\n)");
  });

  it("ends with its line where its column is beyond it", () => {
    expect(cut("ab\nc", span(1, 1, 1, 99))).toBe("b");
  });

  it("widens to one character where it is empty", () => {
    expect(cut("ab", span(1, 0, 1, 0))).toBe("a");
    expect(cut("ab", span(1, 2, 1, 2))).toBe("b");
    expect(cut("", span(1, 0, 1, 0))).toBeNull();
  });

  it("is nowhere in a text that is too short", () => {
    expect(rangeOf("a", span(3, 0, 3, 1))).toBeNull();
  });
});
