import { describe, expect, it } from "vitest";

import type { SeriesRecord, Span } from "../../../src/api/schema.ts";
import { since } from "../../../src/values/curves/reach.ts";

function at(cell: number): { readonly span: Span } {
  return { span: { cell, line: 1, column: 0, end_line: 1, end_column: 1 } };
}

function series(name: string, cell: number, steps: readonly number[]): SeriesRecord {
  const rest = { measure: "value", function: "", tensor: null, ended: false } as const;
  return { name, values: steps.map(Number), steps: [...steps], ...at(cell), ...rest };
}

/** Four steps: two of the first cell, one that has no place, and two of the second. */
const STEPS = [at(0), at(0), { span: null }, at(1), at(1)];

describe("the series of a part of a program", () => {
  const before = series("before", 0, [0, 1]);
  const called = series("called", 0, [1, 3]);
  const mine = series("mine", 1, [3, 4]);

  it("are those of its cells, and of functions that they call", () => {
    const { own, earlier } = since(1, [before, called, mine], STEPS);
    expect(own.map(({ name }) => name)).toEqual(["called", "mine"]);
    expect(earlier.map(({ name }) => name)).toEqual(["before"]);
  });

  it("are all in a whole program", () => {
    expect(since(0, [before, called, mine], STEPS).earlier).toEqual([]);
  });

  it("are its own where the timeline was full before it began", () => {
    const { own, earlier } = since(1, [before, series("mine", 1, [])], STEPS.slice(0, 2));
    expect(own.map(({ name }) => name)).toEqual(["mine"]);
    expect(earlier.map(({ name }) => name)).toEqual(["before"]);
  });
});
