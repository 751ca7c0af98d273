/** How high the stage of the graphs has to be, so that a view by itself is as high as what it shows. */

import type { DrawnGraph } from "../api/schema.ts";

/** In CSS pixels. A graph that is higher is moved on its stage. */
const LOWEST = 150;
const HIGHEST = 560;
/** As a stage fits its picture: with this margin, and not larger or smaller than this. */
const MARGIN = 10;
const LARGEST_FIT = 1.15;
const LEAST_FIT = 1;

/** The height at which the largest of these graphs fits into this width: one for all, so that nothing jumps from step to step. */
export function graphHeight(graphs: readonly DrawnGraph[], width: number): number {
  const heights = graphs.map(({ svg }) => {
    const [, , wide = 0, high = 0] = (/viewBox=["']([^"']*)/.exec(svg ?? "")?.[1] ?? "").split(/[ ,]+/).map(Number);
    return high > 0
      ? high * Math.max(Math.min((width - 2 * MARGIN) / wide, LARGEST_FIT), LEAST_FIT) + 2 * MARGIN
      : LOWEST;
  });
  return Math.round(Math.min(Math.max(LOWEST, ...heights), HIGHEST));
}
