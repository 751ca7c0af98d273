import { expect, it } from "vitest";

import { elementAt } from "../../src/numbers/elements.ts";
import { full, summary } from "../support/answers.ts";

const SUMMARY = summary({
  corners: {
    rows: [0, 9],
    columns: [0, 9],
    data: [
      [1, 2],
      [3, "NaN"],
    ],
  },
});

it("finds an element of values that are told in full", () => {
  expect(elementAt(full([[1, 2, 3]]), [1, 3], [0, 2])).toBe(3);
  expect(elementAt(full(5), [], [])).toBe(5);
  expect(elementAt(full([[1, -2]]), [1], [0])).toEqual([1, -2]);
  expect(elementAt(full([1]), [1], [4])).toBeNull();
});

it("finds the corners of large ones, over all leading dimensions", () => {
  expect(elementAt(SUMMARY, [10, 10], [9, 0])).toBe(3);
  expect(elementAt(SUMMARY, [2, 5, 10], [1, 4, 9])).toBe("NaN");
  expect(elementAt(SUMMARY, [10, 10], [5, 5])).toBeNull();
  expect(elementAt({ kind: "opaque", text: "" }, [1], [0])).toBeNull();
});
