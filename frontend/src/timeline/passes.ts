/** Backward passes on the timeline: which function of which pass each step is. */

import type { BackwardBody, FunctionRunBody, RunResponse } from "../api/schema.ts";

/** A backward function that the engine ran, and the pass that it was part of. */
export interface FunctionStep {
  readonly pass: BackwardBody;
  readonly run: FunctionRunBody;
}

/** For each step of kind `function`, by its place, what ran. A pass that a hook starts lies within another. */
export function functionSteps(response: RunResponse): ReadonlyMap<number, FunctionStep> {
  const passes = new Map(response.backwards.map((pass) => [pass.id, pass]));
  const open: { readonly pass: BackwardBody; done: number }[] = [];
  const found = new Map<number, FunctionStep>();
  response.steps.forEach((step, place) => {
    if (step.kind === "backward") {
      const pass = passes.get(step.id);
      if (pass !== undefined) open.push({ pass, done: 0 });
    }
    if (step.kind !== "function") return;
    const at = open.findLastIndex(({ pass, done }) => pass.runs[done]?.function === step.id);
    const one = open[at];
    const run = one?.pass.runs[one.done];
    if (one === undefined || run === undefined) return;
    // Whatever began within this pass has ended when its next function runs.
    open.length = at + 1;
    one.done += 1;
    found.set(place, { pass: one.pass, run });
  });
  return found;
}

/** A backward pass with the places at which it begins and its last function has run. */
export interface PassExtent {
  readonly pass: BackwardBody;
  readonly first: number;
  readonly last: number;
}

/** Where each pass lies on the timeline, in order. */
export function extents(response: RunResponse, functions: ReadonlyMap<number, FunctionStep>): PassExtent[] {
  const last = new Map([...functions].map(([place, { pass }]) => [pass.id, place]));
  const passes = new Map(response.backwards.map((pass) => [pass.id, pass]));
  return response.steps.flatMap((step, place): PassExtent[] => {
    const pass = step.kind === "backward" ? passes.get(step.id) : undefined;
    return pass === undefined ? [] : [{ pass, first: place, last: last.get(pass.id) ?? place }];
  });
}

/** A gradient of a pass by its place; null where there is none, or none that is known. */
export function gradientAt(
  pass: BackwardBody,
  place: number | null | undefined,
): BackwardBody["gradients"][number] | null {
  return place === null || place === undefined ? null : (pass.gradients[place] ?? null);
}
