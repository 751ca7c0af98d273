import { describe, expect, it } from "vitest";

import { graphHeight } from "../../src/viewer/graph-height.ts";
import { graph } from "../support/answers.ts";

const drawn = (width: number, height: number) =>
  graph({ id: "g1", svg: `<svg viewBox='0 0 ${width} ${height}'></svg>` });

describe("the height of a graph's stage", () => {
  it("is that of the picture as it is fitted into the width", () => {
    expect(graphHeight([drawn(200, 300)], 220)).toBe(320);
    expect(graphHeight([drawn(190, 300)], 220)).toBe(336);
  });

  it("leaves letters as large as they are drawn, where the picture is wider than its stage", () => {
    expect(graphHeight([drawn(400, 300)], 220)).toBe(320);
  });

  it("is one for all graphs of an answer, so that nothing jumps from step to step", () => {
    const [low, high] = [drawn(200, 200), drawn(200, 400)];
    expect(graphHeight([low, high], 220)).toBe(graphHeight([high], 220));
  });

  it("stays within what a page has room for, also if nothing is drawn yet", () => {
    expect(graphHeight([drawn(100, 9000)], 600)).toBeLessThan(700);
    expect(graphHeight([graph({ id: "g1", svg: null })], 600)).toBeGreaterThan(100);
    expect(graphHeight([], 600)).toBeGreaterThan(100);
  });
});
