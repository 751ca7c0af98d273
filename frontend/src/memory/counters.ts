/**
 * Version counters at a step.
 *
 * NOTE. A tensor and all of its views share a counter. A history has the counter as of the last change of its own tensor, so a
 * view of elements that were not written is behind; the operations' writes have the rest.
 */

import { operationsAt } from "../timeline/operations.ts";
import type { Timeline } from "../timeline/timeline.ts";

/** A counter after a step. `before` is what it was; null if the step did not change it. */
export interface Counter {
  readonly value: number;
  readonly before: number | null;
}

/** The counters of all tensors, by id. */
export function countersAt(timeline: Timeline, index: number | null): ReadonlyMap<string, Counter> {
  const { tensors, steps } = timeline.response;
  const base = new Map(tensors.map(({ id, view_of }) => [id, view_of]));
  const root = (id: string): string => {
    let found = id;
    for (let of = base.get(found); of !== null && of !== undefined; of = base.get(found)) found = of;
    return found;
  };
  const written = new Map<string, number>();
  const raise = (id: string, value: number | null | undefined): void => {
    if (value !== null && value !== undefined) written.set(root(id), Math.max(written.get(root(id)) ?? 0, value));
  };
  const done = index === null ? steps : steps.slice(0, index + 1);
  for (const { kind, ref } of done)
    if (kind === "operation")
      for (const { tensor, after } of timeline.operation(ref)?.writes ?? []) raise(tensor, after);
  for (const { id } of tensors) raise(id, timeline.version(id, index)?.counter);
  const ticks = new Map(
    operationsAt(timeline, index).flatMap(({ writes }) => writes.map(({ tensor, before }) => [root(tensor), before])),
  );
  return new Map(
    tensors.flatMap((tensor): [string, Counter][] => {
      const value = index === null ? tensor.version : (written.get(root(tensor.id)) ?? null);
      if (value === null) return [];
      const before = ticks.get(root(tensor.id)) ?? null;
      return [[tensor.id, { value, before: before === value ? null : before }]];
    }),
  );
}
