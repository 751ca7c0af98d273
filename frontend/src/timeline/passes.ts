/** Backward passes on the timeline: which function of which pass each step is. */

import type { BackwardRecord, FunctionRun, RunResponse } from "../api/schema.ts";

/** A backward function that the engine ran, and the pass that it was part of. */
export interface FunctionStep {
  readonly pass: BackwardRecord;
  readonly run: FunctionRun;
}

/** What ran at each step of kind `function`, by its index. A pass that a hook starts is within another. */
export function functionSteps(response: RunResponse): ReadonlyMap<number, FunctionStep> {
  const passes = new Map(response.backwards.map((pass) => [pass.id, pass]));
  const open: { readonly pass: BackwardRecord; done: number }[] = [];
  const found = new Map<number, FunctionStep>();
  response.steps.forEach((step, index) => {
    if (step.kind === "backward" && step.ref !== null) {
      const pass = passes.get(step.ref);
      if (pass !== undefined) open.push({ pass, done: 0 });
    }
    if (step.kind !== "function") return;
    const at = open.findLastIndex(({ pass, done }) => pass.runs[done]?.function === step.ref);
    const running = open[at];
    const run = running?.pass.runs[running.done];
    if (running === undefined || run === undefined) return;
    // Whatever began within this pass has ended when its next function runs.
    open.length = at + 1;
    running.done += 1;
    found.set(index, { pass: running.pass, run });
  });
  return found;
}

/** A backward pass with the steps at which it begins and its last function ran, by index. */
export interface PassExtent {
  readonly pass: BackwardRecord;
  readonly first: number;
  readonly last: number;
}

/** The extent of each pass on the timeline, in order. */
export function extents(response: RunResponse, functions: ReadonlyMap<number, FunctionStep>): PassExtent[] {
  const last = new Map([...functions].map(([index, { pass }]) => [pass.id, index]));
  const passes = new Map(response.backwards.map((pass) => [pass.id, pass]));
  return response.steps.flatMap((step, index): PassExtent[] => {
    const pass = step.kind === "backward" && step.ref !== null ? passes.get(step.ref) : undefined;
    return pass === undefined ? [] : [{ pass, first: index, last: last.get(pass.id) ?? index }];
  });
}
