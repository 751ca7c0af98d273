import { describe, expect, it } from "vitest";

import type { SeriesRecord } from "../../../src/api/schema.ts";
import { axisOf, curvesOf, linesOf, placeOf, shownAt } from "../../../src/values/curves/curve.ts";

function series(parts: Partial<SeriesRecord> = {}): SeriesRecord {
  return {
    name: "loss",
    measure: "value",
    values: [3, 2, 1],
    steps: [4, 8],
    span: null,
    function: "",
    tensor: null,
    ended: false,
    ...parts,
  };
}

function only(parts: Partial<SeriesRecord>) {
  const [curve] = curvesOf([series(parts)]);
  if (curve === undefined) throw new Error("there is no curve");
  return curve;
}

describe("curvesOf", () => {
  it("leaves out what a loop counts, what stays the same, and what is too short", () => {
    const shown = curvesOf([
      series({ name: "epoch", values: [0, 1, 2, 3] }),
      series({ name: "back", values: [9, 6, 3] }),
      series({ name: "n", values: [5, 5, 5] }),
      series({ name: "short", values: [5, 4] }),
      series({ name: "total", values: [1, 3, 6] }),
      series({ name: "w", values: [0.5, 1, 1.5] }),
    ]);
    expect(shown.map(({ name }) => name)).toEqual(["total", "w"]);
  });

  it("begins with losses, then values, then norms", () => {
    const values = [3, 1, 2];
    const shown = curvesOf([
      series({ name: "w", measure: "update_norm", values }),
      series({ name: "w", measure: "gradient_norm", values }),
      series({ name: "w", values }),
      series({ name: "train_loss", values }),
    ]);
    expect(shown.map(({ name, measure }) => `${name} ${measure}`)).toEqual([
      "train_loss value",
      "w value",
      "w gradient_norm",
      "w update_norm",
    ]);
  });
});

describe("shownAt", () => {
  it("is the last number by a step, and the last of all at the end", () => {
    const curve = only({ values: [9, 7, 8], steps: [4, 8] });
    expect([3, 4, 7, 8, 100, null].map((step) => shownAt(curve, step))).toEqual([null, 0, 0, 1, 1, 2]);
  });
});

describe("the picture", () => {
  it("is a line from the left to the right, the greatest above", () => {
    const axis = axisOf([1, 3, 2]);
    expect(axis).toEqual({ least: 1, most: 3, logarithmic: false });
    expect(axis && linesOf([1, 3, 2], axis)).toEqual([
      [
        { x: 0, y: 1 },
        { x: 0.5, y: 0 },
        { x: 1, y: 0.5 },
      ],
    ]);
  });

  it("is logarithmic where numbers are of very different sizes, and none is zero", () => {
    const axis = axisOf([100, 1, 10]);
    expect(axis?.logarithmic).toBe(true);
    expect(axis && placeOf([100, 1, 10], axis, 2)?.y).toBeCloseTo(0.5);
    expect(axisOf([100, 0, 10])?.logarithmic).toBe(false);
  });

  it("is broken where a number is not finite", () => {
    const { values } = only({ values: [1, 2, "NaN", 3, "Infinity"] });
    const axis = axisOf(values);
    expect(axis && linesOf(values, axis).map((line) => line.length)).toEqual([2, 1]);
    expect(axis && placeOf(values, axis, 2)).toBeNull();
    expect(axisOf([NaN])).toBeNull();
  });

  it("keeps the peaks of more numbers than can be seen, with a bounded number of points", () => {
    const values = Array.from({ length: 10_000 }, (_, at) => (at === 5_001 ? 50 : Math.sin(at)));
    const axis = axisOf(values);
    const [line] = axis === null ? [] : linesOf(values, axis);
    expect(line?.length).toBeLessThanOrEqual(602);
    expect(line?.some(({ y }) => y === 0)).toBe(true);
    expect(line?.at(-1)?.x).toBe(1);
  });
});
