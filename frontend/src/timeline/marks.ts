/** What is marked under the slider: backward passes, and the rounds of the outermost loops. */

import type { BackwardRecord } from "../api/schema.ts";
import type { Round } from "./loops.ts";
import { roundOf, rounds } from "./paces.ts";
import type { Timeline } from "./timeline.ts";

/** Paths of a picture that is as wide as the timeline has stops, and 26 high. */
export interface Marks {
  readonly passes: string;
  readonly rounds: string;
}

/** More marks than these are not told apart. */
const MOST = 120;

/** Passes as boxes behind the slider, rounds as short lines above it; of many rounds every second, fifth or tenth, and so on. */
export function marksOf(timeline: Timeline): Marks {
  const passes = timeline.passes
    .filter(({ pass }) => pass.within === null)
    .map(({ first, last }) => `M${timeline.stopOf(first)} 5H${timeline.stopOf(last)}V21H${timeline.stopOf(first)}z`);
  const outermost = rounds(timeline).filter(({ depth }) => depth === 1);
  const every = sparse(outermost.length);
  const lines = outermost
    .filter(({ number }) => (number - 1) % every === 0)
    .map(({ first }) => `M${timeline.stopOf(first)} 0V5`);
  return { passes: passes.join(""), rounds: lines.join("") };
}

/** Every how many of `count` marks one is drawn. */
function sparse(count: number): number {
  for (let decade = 1; ; decade *= 10)
    for (const every of [decade, 2 * decade, 5 * decade]) if (count <= MOST * every) return every;
}

/** The innermost round and the backward pass that a stop is in; null for none. */
export function within(
  timeline: Timeline,
  stop: number,
): { readonly round: Round | null; readonly pass: BackwardRecord | null } {
  const { last: step } = timeline.stops[stop] ?? { last: Infinity };
  const running = timeline.passes.findLast(({ first, last }) => first <= step && step <= last);
  return { round: roundOf(timeline, stop), pass: running?.pass ?? null };
}
