import { describe, expect, it } from "vitest";

import { apart, type Label } from "../../../src/graph/svg/labels.ts";

const label = (x: number, y = 0, width = 40): Label => ({ x, y, width });

describe("labels on edges", () => {
  it("stay where they are while they have room", () => {
    expect(apart([label(0), label(100), label(10, 50)])).toEqual([0, 100, 10]);
  });

  it("stand side by side in the order of their edges where two edges are close", () => {
    expect(apart([label(108), label(92)])).toEqual([121.5, 78.5]);
  });

  it("leave no two on one another, however many edges there are", () => {
    const labels = [label(0), label(5), label(12, 3), label(20), label(300)];
    const middles = apart(labels).sort((one, other) => one - other);
    const gaps = middles.slice(1).map((index, at) => index - (middles[at] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(40);
  });
});
