import { expect, it } from "vitest";

import type { Strip } from "../../src/memory/strip.ts";
import { cellWidth, writingOf } from "../../src/memory/writing.ts";

function strip(now: readonly (number | null)[], was: readonly (number | null)[] = [], span = 1): Strip {
  const at = (values: readonly (number | null)[], unit: number) => values[unit / span] ?? null;
  return {
    unit: 4 / span,
    count: now.length * span,
    span,
    dtype: "float32",
    integral: false,
    element: (unit) => at(now, unit),
    was: (unit) => at(was, unit),
  };
}

it("writes all lines in one format, with what was there before", () => {
  const { text, was } = writingOf(strip([1, 2.25, 3], [null, 10.5]), [
    { from: 0, to: 2 },
    { from: 2, to: 3 },
  ]);
  expect([0, 1, 2].map(text)).toEqual(["1.00", "2.25", "3.00"]);
  expect([0, 1, 2].map(was)).toEqual([null, "10.50", null]);
});

it("knows no text where nobody knows the element, nor outside of its lines", () => {
  const { text } = writingOf(strip([1, null, 3]), [{ from: 0, to: 2 }]);
  expect([0, 1, 2].map(text)).toEqual(["1.", null, null]);
});

it("begins a line with the element that it begins within", () => {
  const { text } = writingOf(strip([1, 2], [], 2), [{ from: 1, to: 4 }]);
  expect([0, 2].map(text)).toEqual(["1.", "2."]);
});

it("makes a cell as wide as the longest element needs, within bounds", () => {
  const short = cellWidth(strip([1, 2]), []);
  const long = cellWidth(strip([1, 123456.789]), []);
  expect(long).toBeGreaterThan(short);
  expect(cellWidth(strip([1e30, -1.23456789e-30]), [])).toBeLessThanOrEqual(104);
  expect(cellWidth(strip([1, 2], [], 2), [])).toBeLessThan(short);
});
