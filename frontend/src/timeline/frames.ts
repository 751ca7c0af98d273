/** The names in scope at a step: those of the cells, and those of the functions that are being called. */

import type { Step } from "../api/schema.ts";

/** A name and what it is bound to. `value` is the id of a tensor or array; `text` is the value of a number or the like. */
export interface Name {
  readonly name: string;
  readonly type: string;
  readonly text: string | null;
  readonly value: string | null;
}

/** The names of one call of a function, or (`scope` empty) of the cells. */
export interface Frame {
  readonly scope: string;
  readonly frame: number;
  readonly names: readonly Name[];
}

/** The frames after the last of `steps`, the cells' first and the innermost call last. */
export function framesAfter(steps: readonly Step[]): Frame[] {
  const known = new Map<number, { scope: string; names: Map<string, Name> }>([[0, { scope: "", names: new Map() }]]);
  let active: number[] = [0];
  for (const step of steps) {
    const at = active.indexOf(step.frame);
    // A step of a frame further out says that the calls within it have returned; a generator's frame may come back.
    active = at >= 0 ? active.slice(0, at + 1) : [...active, step.frame];
    const frame = known.get(step.frame) ?? { scope: step.scope, names: new Map<string, Name>() };
    known.set(step.frame, frame);
    for (const name of step.unbound) frame.names.delete(name);
    for (const bound of step.bound) frame.names.set(bound.name, bound);
  }
  return active.flatMap((number) => {
    const frame = known.get(number);
    return frame === undefined ? [] : [{ scope: frame.scope, frame: number, names: [...frame.names.values()] }];
  });
}
