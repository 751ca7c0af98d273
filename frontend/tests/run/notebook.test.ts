import { describe, expect, it } from "vitest";

import {
  added,
  deletion,
  edited,
  moved,
  notebook,
  removed,
  restored,
  sameProgram,
  upTo,
} from "../../src/run/notebook.ts";

const cells = notebook(["a", "b", "c"]);
const codes = (book: typeof cells): string => book.map((cell) => cell.code).join("");

describe("a notebook", () => {
  it("adds an empty cell below, with a key of its own", () => {
    const after = added(cells, 0);
    expect(after.map((cell) => cell.key)).toEqual([0, 3, 1, 2]);
  });

  it("is the same program with a blank cell more, and another in another order", () => {
    expect(sameProgram(added(cells, 0), cells)).toBe(true);
    expect(sameProgram(moved(cells, 0, 1), cells)).toBe(false);
    expect(sameProgram(edited(cells, 0, "b"), cells)).toBe(false);
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

  it("takes a deletion back, wherever other cells are by then", () => {
    const gone = deletion(cells, 1);
    if (gone === null) throw new Error("there was a cell");
    expect(restored(removed(cells, 1), gone)).toEqual(cells);
    expect(codes(restored(moved(removed(cells, 1), 2, -1), gone))).toBe("cba");
    const last = deletion(cells, 2);
    if (last === null) throw new Error("there was a cell");
    const again = restored(added(removed(cells, 2), 1), last);
    expect(codes(again)).toBe("abc");
    expect(new Set(again.map(({ key }) => key)).size).toBe(4);
  });

  it("gives the only cell its code back", () => {
    const only = notebook(["a"]);
    const gone = deletion(only, 0);
    if (gone === null) throw new Error("there was a cell");
    expect(restored(removed(only, 0), gone)).toEqual(only);
    expect(deletion(removed(only, 0), 0)).toBeNull();
  });

  it("has the cells up to one", () => {
    expect(codes(upTo(cells, 1))).toBe("ab");
  });

  it("edits one cell", () => {
    expect(codes(edited(cells, 1, "x"))).toBe("axc");
  });
});
