import { describe, expect, it } from "vitest";

import { preview } from "../../../src/program/editor/fixes.ts";

const CODE = "x = torch.ones(2)\nif x:\n    y = x";

const fix = (line: number, column: number, end: number, replacement: string) => ({
  span: { cell: 0, line, column, end_line: line, end_column: end },
  replacement,
  description: "",
});
const texts = (lines: readonly { head: string; changed: string; tail: string }[] | undefined): string[] =>
  (lines ?? []).map(({ head, changed, tail }) => `${head}[${changed}]${tail}`);

describe("the preview of a fix", () => {
  it("shows one changed line beside what it was, and the part that differs", () => {
    const shown = preview(CODE, fix(1, 16, 16, ", requires_grad=True"));
    expect(shown?.line).toBe(1);
    expect(texts(shown?.removed)).toEqual(["x = torch.ones(2[])"]);
    expect(texts(shown?.added)).toEqual(["x = torch.ones(2[, requires_grad=True])"]);
  });

  it("shows only the line that is put in before another", () => {
    const shown = preview(CODE, fix(3, 4, 4, "x.grad = None\n    "));
    expect(shown?.line).toBe(3);
    expect(texts(shown?.removed)).toEqual([]);
    expect(texts(shown?.added)).toEqual(["    x.grad = None[]"]);
  });

  it("tells whole characters apart", () => {
    const shown = preview("a = '😀'", fix(1, 5, 6, "😁"));
    expect(texts(shown?.added)).toEqual(["a = '[😁]'"]);
  });

  it("is none if its span is not in the code", () => {
    expect(preview(CODE, fix(9, 0, 1, "x"))).toBeNull();
  });
});
