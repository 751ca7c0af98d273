/** Which call of a function is within which. */

import type { Step } from "../api/schema.ts";

/** The call that each call is within, by their frames. The cells (frame 0) are within none. */
export function callersOf(steps: readonly Step[]): ReadonlyMap<number, number> {
  const callers = new Map<number, number>();
  const active = [0];
  for (const { frame } of steps) {
    const at = active.lastIndexOf(frame);
    if (at < 0) {
      // A generator goes on where it is asked: it stays within the call that asked first.
      if (!callers.has(frame)) callers.set(frame, active.at(-1) ?? 0);
      active.push(frame);
    } else active.length = at + 1;
  }
  return callers;
}

/** A frame, and those that it is within. */
export function framesAround(callers: ReadonlyMap<number, number>, frame: number): ReadonlySet<number> {
  const found = new Set<number>();
  for (let at: number | undefined = frame; at !== undefined && !found.has(at); at = callers.get(at)) found.add(at);
  return found;
}
