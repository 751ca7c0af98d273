import { describe, expect, it } from "vitest";

import { linesOf } from "../../src/viewer/python.ts";

/** The pieces of a source without a mark that have a colour of their own. */
function coloured(source: string): string[] {
  return linesOf(source, null).flatMap(({ before }) =>
    before.filter(({ colour }) => colour !== "name").map(({ text, colour }) => `${colour} ${text}`),
  );
}

describe("source to read", () => {
  it("has keywords, calls, strings, numbers and comments told apart", () => {
    expect(coloured("for i in range(10):  # ten")).toEqual([
      "keyword for",
      "keyword in",
      "function range",
      "number 10",
      "comment # ten",
    ]);
    expect(coloured("@torch.no_grad()\ndef f(x): return None")).toEqual([
      "keyword @torch.no_grad",
      "keyword def",
      "function f",
      "keyword return",
      "number None",
    ]);
    expect(coloured("x1 = 1e-3 + .5 + 0xFF")).toEqual(["number 1e-3", "number .5", "number 0xFF"]);
  });

  it("takes strings whole, with what looks like code in them, over lines, and without their end", () => {
    expect(coloured(`f"a # {b}" + 'it\\'s'`)).toEqual(['string f"a # {b}"', "string 'it\\'s'"]);
    expect(coloured('"""one\nif two"""\nif')).toEqual(['string """one', 'string if two"""', "keyword if"]);
    expect(coloured('x = "open\nif')).toEqual(['string "open', "keyword if"]);
    expect(coloured('x = """open\nif')).toEqual(['string """open', "string if"]);
  });

  it("is the source, whatever is in it", () => {
    for (const source of ["", "\n\n", "x = '😀'; 名 = 1", "if \"a' # \\", "  \t@\n0x"]) {
      const span = { line: 1, column: 0, end_line: 1, end_column: 2 };
      for (const lit of [null, span]) {
        const lines = linesOf(source, lit).map(({ before, marked, after }) =>
          [...before, ...marked, ...after].map(({ text }) => text).join(""),
        );
        expect(lines.join("\n")).toBe(source);
      }
    }
  });

  it("has the lit span marked, in each line that it goes through", () => {
    const lines = linesOf("y = (a *\n  b)\nz = 1", { line: 1, column: 5, end_line: 2, end_column: 3 });
    expect(lines.map(({ lit }) => lit)).toEqual([true, true, false]);
    const marked = lines.map((line) => line.marked.map(({ text }) => text).join(""));
    expect(marked).toEqual(["a *", "  b", ""]);
  });
});
