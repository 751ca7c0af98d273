import { describe, expect, it } from "vitest";

import { moved } from "../../src/values/cursor.ts";

describe("keys in a grid", () => {
  const from = { row: 1, column: 1 };

  it("lead to the next cell, and not beyond the last", () => {
    expect(moved(from, "ArrowDown", false, 3, 3)).toEqual({ row: 2, column: 1 });
    expect(moved({ row: 2, column: 1 }, "ArrowDown", false, 3, 3)).toEqual({ row: 2, column: 1 });
    expect(moved({ row: 0, column: 0 }, "ArrowLeft", false, 3, 3)).toEqual({ row: 0, column: 0 });
    expect(moved(from, "PageDown", false, 9, 3)).toEqual({ row: 6, column: 1 });
  });

  it("lead to the ends of a row, or of the grid", () => {
    expect(moved(from, "Home", false, 3, 3)).toEqual({ row: 1, column: 0 });
    expect(moved(from, "End", true, 3, 4)).toEqual({ row: 2, column: 3 });
    expect(moved(from, "a", false, 3, 3)).toBeNull();
  });
});
