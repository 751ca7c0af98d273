/**
 * The steps that a person goes through.
 *
 * NOTE. A trace has an operation and the statement that it ends as two steps, and the statement often adds nothing but the
 * name that it binds. Such a pair is one stop: `y = x * 2` is step 4 (`x * 2`) and step 5 (`y = …`), and the stop {first: 4,
 * last: 5, step: 4}. The page names a stop by its last step, so that a link to a step stays right however stops are made.
 */

import type { RunResponse, Span, Step } from "../api/schema.ts";

/** The steps from `first` to `last`, by index. `step` says what was done: it is the operation's, if there is one. */
export interface Stop {
  readonly first: number;
  readonly last: number;
  readonly step: number;
}

/** The stops of an answer, in order. */
export function stopsOf({ steps }: Pick<RunResponse, "steps">): readonly Stop[] {
  const found: Stop[] = [];
  steps.forEach((step, index) => {
    const stop = found.at(-1);
    const before = stop === undefined ? undefined : steps[stop.last];
    // A pair is complete: the next operation is another round of the statement.
    const pair = stop !== undefined && stop.step !== stop.last;
    if (stop === undefined || before === undefined || pair || before.frame !== step.frame || !joined(before, step))
      found.push({ first: index, last: index, step: index });
    else found[found.length - 1] = { ...stop, last: index, step: step.kind === "statement" ? stop.step : index };
  });
  return found;
}

/** Whether a step is a statement after its last operation, or the first operation of a statement that did nothing before it, as `return`. */
function joined(before: Step, step: Step): boolean {
  if (step.kind === "statement") return before.kind === "operation" && within(before.span, step.span);
  const silent = before.bound.length + before.unbound.length + before.changed.length === 0;
  return before.kind === "statement" && step.kind === "operation" && silent && within(step.span, before.span);
}

function within(inner: Span | null, outer: Span | null): boolean {
  if (inner === null || outer?.cell !== inner.cell) return false;
  const begins = inner.line - outer.line || inner.column - outer.column;
  const ends = outer.end_line - inner.end_line || outer.end_column - inner.end_column;
  return begins >= 0 && ends >= 0;
}
