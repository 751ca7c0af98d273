import { describe, expect, it } from "vitest";

import { rowsOf } from "../../../src/graph/svg/rows.ts";
import { full, summary } from "../../support/answers.ts";

describe("the rows of a card", () => {
  it("are those of the matrix, in one format and aligned at the right", () => {
    expect(
      rowsOf(
        full([
          [1.5, -2],
          [10, 0.25],
        ]),
        [2, 2],
        "torch.float32",
      ),
    ).toEqual([" 1.50  -2.00", "10.00   0.25"]);
  });

  it("are one for a vector and for a scalar, and integers have no point", () => {
    expect(rowsOf(full([1, 2, 3]), [3], "torch.int64")).toEqual(["1  2  3"]);
    expect(rowsOf(full(7), [], "torch.float32")).toEqual(["7."]);
  });

  it("show the first two and the last of many", () => {
    expect(rowsOf(full([0, 1, 2, 3, 4, 5, 6]), [7], "torch.int64")).toEqual(["0  1  …  6"]);
  });

  it("are empty brackets for a tensor of no elements", () => {
    expect(rowsOf(full([]), [0, 3], "torch.float32")).toEqual(["[ ]"]);
  });

  it("are the corners of what is only summarised", () => {
    const corners = { rows: [0, 1, 98, 99], columns: [0], data: [[1], [2], [3], [4]] };
    expect(rowsOf(summary({ corners }), [100, 1], "torch.int64")).toEqual(["1", "2", "…", "3", "4"]);
  });
});
