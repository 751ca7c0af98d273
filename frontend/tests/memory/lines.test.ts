import { expect, it } from "vitest";

import { linesOf, showing } from "../../src/memory/lines.ts";

const lengths = (count: number, fit: number, row: number) => linesOf(count, fit, row)?.map(({ from, to }) => to - from);

it("puts what fits into one line", () => {
  expect(linesOf(6, 10, 3)).toEqual([{ from: 0, to: 6 }]);
});

it("breaks lines after whole rows, evenly", () => {
  expect(lengths(24, 14, 6)).toEqual([12, 12]);
  expect(lengths(24, 11, 4)).toEqual([8, 8, 8]);
});

it("breaks anywhere where a row is longer than a line", () => {
  expect(lengths(20, 12, 20)).toEqual([10, 10]);
});

it("is null where the lines would be too many", () => {
  expect(linesOf(60, 14, 2)).toBeNull();
  expect(linesOf(1_000_000, 14, 1_000)).toBeNull();
});

it("moves a part no further than it has to", () => {
  expect(showing(0, 5, 10, 100)).toBe(0);
  expect(showing(0, 50, 10, 100)).toBe(48);
  expect(showing(50, 3, 10, 100)).toBe(1);
  expect(showing(0, 99, 10, 100)).toBe(90);
});
