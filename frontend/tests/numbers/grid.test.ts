import { describe, expect, it } from "vitest";

import { flat, withGaps, leadings, shownIndices, shapeText, slice } from "../../src/numbers/grid.ts";

const CUBE = [
  [
    [1, 2],
    [3, 4],
  ],
  [
    [5, 6],
    [7, 8],
  ],
];

describe("a tensor as matrices", () => {
  it("is one element, one row, or slices over the leading dimensions", () => {
    expect(slice(7, [], [])).toEqual([[7]]);
    expect(slice([1, 2], [2], [])).toEqual([[1, 2]]);
    expect(slice(CUBE, [2, 2, 2], [1])).toEqual(CUBE[1]);
    expect(leadings([2, 3, 4])).toEqual([[0], [1]]);
    expect(leadings([2, 2, 1, 1])).toHaveLength(4);
    expect(leadings([5])).toEqual([[]]);
  });

  it("keeps the order of its elements, complex ones whole", () => {
    expect(flat(CUBE, [2, 2, 2])).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(
      flat(
        [
          [1, 2],
          [3, 4],
        ],
        [2],
      ),
    ).toEqual([
      [1, 2],
      [3, 4],
    ]);
    expect(flat([[], []], [2, 0])).toEqual([]);
  });

  it("leaves out the middle of a long side", () => {
    expect(shownIndices(3, 5)).toEqual([0, 1, 2]);
    expect(shownIndices(100, 5)).toEqual([0, 1, null, 98, 99]);
    expect(shownIndices(100, 5, [50, 1, 200])).toEqual([0, 1, null, 50, null, 98, 99]);
    expect(withGaps([0, 1, 98], 100)).toEqual([0, 1, null, 98, null]);
  });

  it("names its shape as Python does", () => {
    expect([[], [3], [2, 3]].map(shapeText)).toEqual(["()", "(3,)", "(2, 3)"]);
  });
});
