/**
 * Paces: how far one goes along the timeline at a time.
 *
 * NOTE. A pace has places to rest at, which are stops of the timeline; its first stop and its end are places of every pace.
 * Where it rests may depend on where one is: statements are those of the function that one is in, and of what called it, so that
 * one goes over calls; rounds are those of the loop that one is in, and of the loops around it.
 */

import { callersOf, framesAround } from "./calls.ts";
import { changesOf } from "./follow.ts";
import { roundAt, type Round, roundsOf } from "./loops.ts";
import type { Timeline } from "./timeline.ts";

const ALL = ["step", "statement", "call", "round", "backward", "change"] as const;
export type Pace = (typeof ALL)[number];
/** Those that a page has: a player has no room for the changes of a tensor. */
export const PACES: readonly Pace[] = import.meta.env.MODE === "player" ? ALL.slice(0, -1) : ALL;

/** What of an answer paces go by, found once. */
interface Paths {
  readonly rounds: readonly Round[];
  readonly callers: ReadonlyMap<number, number>;
}

const PATHS = new WeakMap<object, Paths>();

function pathsOf({ response }: Timeline): Paths {
  const found = PATHS.get(response) ?? { rounds: roundsOf(response.steps), callers: callersOf(response.steps) };
  PATHS.set(response, found);
  return found;
}

/** The rounds of the program's loops, in the order in which they begin. */
export function rounds(timeline: Timeline): readonly Round[] {
  return pathsOf(timeline).rounds;
}

/** The paces that lead anywhere but to the ends. */
export function paces(timeline: Timeline, followed: string | null): ReadonlySet<Pace> {
  const { callers, rounds: all } = pathsOf(timeline);
  const useful: Readonly<Record<Pace, boolean>> = {
    step: true,
    statement: true,
    call: callers.size > 0,
    round: all.length > 0,
    backward: timeline.passes.length > 0,
    change: followed !== null,
  };
  return new Set(PACES.filter((pace) => useful[pace]));
}

/** The innermost round that a stop is in; null for none. */
export function roundOf(timeline: Timeline, stop: number): Round | null {
  return roundAt(rounds(timeline), timeline.stops[stop]?.last ?? null);
}

/**
 * The stops at which a pace rests for whoever is at the stop `from`, in order. `followed` is the tensor whose changes are meant,
 * by its id; null for none. Empty if the pace leads nowhere but to the ends.
 */
export function restsOf(timeline: Timeline, pace: Pace, from: number, followed: string | null): readonly number[] {
  const { stops } = timeline;
  const frame = (stop: number): number => timeline.at(stops[stop]?.last ?? null)?.frame ?? 0;
  const which = (rests: (stop: number) => boolean): number[] => [...stops.keys()].filter(rests);
  const having = (steps: Iterable<number>): number[] => [...new Set([...steps].map((step) => timeline.stopOf(step)))];
  const { callers, rounds: all } = pathsOf(timeline);
  switch (pace) {
    case "step":
      return [...stops.keys()];
    case "statement": {
      const frames = framesAround(callers, frame(from));
      const done = (stop: number): boolean =>
        timeline.covered(stops[stop]?.last ?? null).some(([, { kind }]) => kind === "statement" || kind === "error");
      return which((stop) => done(stop) && frames.has(frame(stop)));
    }
    case "call":
      return which((stop) => stop > 0 && frame(stop) !== frame(stop - 1));
    case "round": {
      const depth = Math.max(1, roundOf(timeline, from)?.depth ?? 0);
      return having(all.filter((round) => round.depth <= depth).map(({ first }) => first));
    }
    case "backward":
      return having(timeline.passes.map(({ first }) => first));
    case "change":
      return import.meta.env.MODE === "player" || followed === null
        ? []
        : having(changesOf(timeline, followed)).sort((one, other) => one - other);
  }
}

/** The stop that is so many places further (back, if negative) than `at`, or the end that comes before it. */
export function gone(rests: readonly number[], at: number, by: number, end: number): number {
  const further = by > 0 ? rests.filter((rest) => rest > at) : rests.filter((rest) => rest < at).reverse();
  return further[Math.abs(by) - 1] ?? (by > 0 ? end : 0);
}

/** The place that is nearest to a stop, the ends among them. */
export function nearest(rests: readonly number[], stop: number, end: number): number {
  return [...rests, end].reduce((best, rest) => (Math.abs(rest - stop) < Math.abs(best - stop) ? rest : best), 0);
}

/** Into the call that comes next, before the function that one is in goes on; null if there is none. */
export function into(timeline: Timeline, at: number): number | null {
  const { callers } = pathsOf(timeline);
  const frame = (stop: number): number | undefined => timeline.at(timeline.stops[stop]?.last ?? null)?.frame;
  const here = at < 0 ? 0 : frame(at);
  const next = timeline.stops.findIndex((_, stop) => stop > at && callers.get(frame(stop) ?? 0) === here);
  return next < 0 ? null : next;
}

/** Out of the function that one is in, to where what called it goes on; null in none. */
export function outOf(timeline: Timeline, at: number): number | null {
  const { callers } = pathsOf(timeline);
  const { frame = 0 } = timeline.at(timeline.stops[at]?.last ?? null) ?? {};
  if (frame === 0) return null;
  const around = framesAround(callers, callers.get(frame) ?? 0);
  const next = timeline.stops.findIndex(({ last }, stop) => stop > at && around.has(timeline.at(last)?.frame ?? 0));
  return next < 0 ? timeline.end : next;
}
