/** The values that a stop is about: those that its sentence and its details tell of. */

import type { Values } from "../api/values.ts";
import type { FunctionStep } from "../timeline/passes.ts";
import type { Timeline } from "../timeline/timeline.ts";

/** Of the stop that has a step, with what the tensors were that it changed. */
export function valuesAt(timeline: Timeline, index: number | null): Values[] {
  const found: (Values | null | undefined)[] = timeline.gradientChanges(index).map(({ values }) => values);
  for (const [at, step] of timeline.covered(index)) {
    const bound = step.bound.flatMap(({ value }) => value ?? []);
    const changed = step.changed.map(({ id }) => id);
    for (const id of new Set([...step.inputs, ...step.outputs, ...bound, ...changed])) {
      const version = timeline.version(id, at);
      found.push(version?.values);
      if (version !== null && changed.includes(id)) found.push(timeline.before(id, version)?.values);
    }
    const ran = timeline.functions.get(at);
    if (ran !== undefined) found.push(...ofFunction(timeline, ran));
    const pass = timeline.response.backwards.find(({ id }) => step.kind === "backward" && id === step.ref);
    found.push(...(pass?.roots ?? []).map(({ gradient }) => timeline.gradientIn(pass, gradient)));
    const done = timeline.passes.find(({ last }) => last === at - 1)?.pass;
    found.push(...(done?.returned ?? []).map(({ gradient }) => timeline.gradientIn(done, gradient)));
  }
  return found.filter((values) => values !== null && values !== undefined);
}

function ofFunction(timeline: Timeline, { pass, run }: FunctionStep): (Values | null)[] {
  const { accumulation } = run;
  const sum = accumulation === null ? [] : [accumulation.before, accumulation.added, accumulation.after];
  const hooked = run.hooks.flatMap(({ before, after }) => [...before, ...after]);
  return [...run.arrived, ...run.sent, ...sum, ...hooked].map((at) => timeline.gradientIn(pass, at));
}
