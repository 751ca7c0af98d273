import { describe, expect, it } from "vitest";

import { ticks } from "../../../src/values/heat-map/painter.ts";

describe("a ruler", () => {
  it("names round numbers that are far enough apart", () => {
    expect(ticks([0, 5], 22, 22)).toEqual([0, 1, 2, 3, 4]);
    expect(ticks([0, 1000], 0.25, 40)).toEqual([0, 200, 400, 600, 800]);
    expect(ticks([37, 52], 8, 22)).toEqual([40, 45, 50]);
    for (const each of [0.001, 0.3, 1, 7, 30]) {
      const found = ticks([0, 100_000], each, 25);
      expect((found[1] ?? Infinity) * each).toBeGreaterThanOrEqual(25);
    }
  });
});
