/** The gradients of tensors over time. */

import type { RunResponse } from "../api/schema.ts";
import type { Values } from "../api/values.ts";
import { type FunctionStep, gradientAt } from "./passes.ts";

/** A gradient of a tensor: in its `.grad` (`kept`), or on its way back through it. */
export interface Gradient {
  readonly values: Values;
  readonly kept: boolean;
  /** The step that brought it, by index; null if no step did. */
  readonly step: number | null;
}

/** A gradient that a step brought to a tensor; null if the step took it away. */
export interface Received {
  readonly step: number;
  readonly gradient: Gradient | null;
}

/** For each tensor, the gradients that passes brought to it and what the program then did to them, in order. */
export function gradients(
  response: RunResponse,
  functions: ReadonlyMap<number, FunctionStep>,
): Map<string, Received[]> {
  const found = new Map<string, Received[]>();
  const take = (tensor: string, step: number, values: Values | null, kept: boolean): void => {
    const all = found.get(tensor) ?? [];
    all.push({ step, gradient: values === null ? null : { values, kept, step } });
    found.set(tensor, all);
  };
  for (const [step, { pass, run }] of functions) {
    const { accumulation } = run;
    const tensor = accumulation?.tensor ?? run.tensor;
    const values = gradientAt(pass, accumulation === null ? run.arrived[0] : accumulation.after);
    if (tensor !== null && values !== null) take(tensor, step, values, accumulation !== null);
  }
  for (const { id, grad_changes } of response.tensors) {
    for (const { step, values } of grad_changes) take(id, step, values, true);
    found.get(id)?.sort((a, b) => a.step - b.step);
  }
  return found;
}
