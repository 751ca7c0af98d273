import { describe, expect, it } from "vitest";

import { added, edited, moved, notebook, removed } from "../../src/run/notebook.ts";

const cells = notebook(["a", "b", "c"]);
const codes = (book: typeof cells): string => book.map((cell) => cell.code).join("");

describe("a notebook", () => {
  it("adds an empty cell below, with a key of its own", () => {
    const after = added(cells, 0);
    expect(after.map((cell) => cell.key)).toEqual([0, 3, 1, 2]);
  });

  it("moves cells and stops at the ends", () => {
    expect(codes(moved(cells, 2, -1))).toBe("acb");
    expect(codes(moved(cells, 0, 1))).toBe("bac");
    expect(moved(cells, 0, -1)).toBe(cells);
    expect(moved(cells, 2, 1)).toBe(cells);
  });

  it("always keeps a cell to type in", () => {
    expect(codes(removed(cells, 1))).toBe("ac");
    expect(removed(notebook(["a"]), 0)).toEqual([{ key: 0, code: "" }]);
  });

  it("edits one cell", () => {
    expect(codes(edited(cells, 1, "x"))).toBe("axc");
  });
});
