/**
 * The steps that a person goes through.
 *
 * NOTE. A trace tells an operation and the statement that it is the end of as two steps, and the statement often has nothing to
 * add but the name that it gives. Such a pair is one stop. A stop covers the places from `first` to `place` of the timeline and
 * is named by the last one, so that what a place stands for never depends on how stops are made.
 */

import type { RunResponse, SpanBody, StepBody } from "../api/schema.ts";

/** One stop. `step` is the place of the step that says what was done: the operation's, where the stop has one. */
export interface Stop {
  readonly first: number;
  readonly place: number;
  readonly step: number;
}

/** The stops of an answer, in order. */
export function stopsOf({ steps }: Pick<RunResponse, "steps">): readonly Stop[] {
  const found: Stop[] = [];
  steps.forEach((step, place) => {
    const last = found.at(-1);
    const before = last === undefined ? undefined : steps[last.place];
    // What is joined already has an operation and the statement that ended with it: the next operation is another round.
    const whole = last !== undefined && last.step !== last.place;
    if (last === undefined || before === undefined || whole || before.frame !== step.frame || !joined(before, step))
      found.push({ first: place, place, step: place });
    else found[found.length - 1] = { ...last, place, step: step.kind === "statement" ? last.step : place };
  });
  return found;
}

/** A statement after its last operation, or one that has nothing to say before its first (as `return` has not). */
function joined(before: StepBody, step: StepBody): boolean {
  if (step.kind === "statement") return before.kind === "operation" && within(before.span, step.span);
  const silent = before.bound.length + before.unbound.length + before.changed.length === 0;
  return before.kind === "statement" && step.kind === "operation" && silent && within(step.span, before.span);
}

function within(inner: SpanBody | null, outer: SpanBody | null): boolean {
  if (inner === null || outer?.cell !== inner.cell) return false;
  const begins = inner.line - outer.line || inner.column - outer.column;
  const ends = outer.end_line - inner.end_line || outer.end_column - inner.end_column;
  return begins >= 0 && ends >= 0;
}
