import { describe, expect, it } from "vitest";

import { regionOf, levelFor, SIDE, tilesIn, topLevel, zooms } from "../../../src/values/heat-map/pyramid.ts";

const TEXT = { width: 72, height: 22, text: true };

describe("a pyramid of tiles", () => {
  it("has the whole matrix in one tile at its top", () => {
    for (const [rows, columns] of [
      [1, 1],
      [256, 256],
      [257, 3],
      [1000, 1000],
      [1, 5_000_000],
    ] as const) {
      const top = topLevel(rows, columns);
      expect(regionOf({ level: top, row: 0, column: 0 }, rows, columns)).toEqual({
        rows: [0, rows],
        columns: [0, columns],
      });
      expect(top === 0 || Math.max(rows, columns) > SIDE * 2 ** (top - 1)).toBe(true);
    }
  });

  it("covers what is in view, once", () => {
    const view = { rows: [200, 600], columns: [511, 513] } as const;
    expect(tilesIn(0, view).map(({ row, column }) => [row, column])).toEqual([
      [0, 1],
      [0, 2],
      [1, 1],
      [1, 2],
      [2, 1],
      [2, 2],
    ]);
    expect(tilesIn(2, view)).toEqual([{ level: 2, row: 0, column: 0 }]);
    expect(regionOf({ level: 0, row: 2, column: 2 }, 600, 600)).toEqual({ rows: [512, 600], columns: [512, 600] });
  });

  it("is as fine as the pixels", () => {
    expect(levelFor({ width: 0.25, height: 0.25, text: false }, 1, 5)).toBe(2);
    expect(levelFor({ width: 0.25, height: 0.25, text: false }, 2, 5)).toBe(1);
    expect(levelFor({ width: 16, height: 16, text: false }, 1, 5)).toBe(0);
    expect(levelFor({ width: 0.001, height: 16, text: false }, 1, 5)).toBe(5);
  });
});

describe("the zooms of a matrix", () => {
  it("lead from the whole of it to readable numbers", () => {
    const found = zooms(1000, 1000, 500, 250, TEXT);
    expect(found[0]).toEqual({ width: 0.25, height: 0.25, text: false });
    expect(found.map(({ width }) => width)).toEqual([0.25, 0.5, 1, 2, 4, 8, 16, 72]);
    expect(found.at(-1)).toBe(TEXT);
  });

  it("stretch one whose sides differ much", () => {
    expect(zooms(1, 5000, 500, 50, TEXT)[0]).toEqual({ width: 0.1, height: 16, text: false });
    expect(zooms(100_000, 3, 500, 250, TEXT)[0]).toEqual({ width: 16, height: 0.0025, text: false });
  });

  it("end where a page would become longer than browsers can make it", () => {
    const found = zooms(1, 50_000_000, 500, 50, TEXT);
    expect(found.every(({ width }, index) => index === 0 || width * 50_000_000 <= 8_000_000)).toBe(true);
  });
});
