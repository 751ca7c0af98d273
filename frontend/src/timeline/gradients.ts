/** The gradients of tensors over time. */

import type { RunResponse } from "../api/schema.ts";
import type { SentValues } from "../api/values.ts";
import type { FunctionStep } from "./passes.ts";

/** A gradient that a step brought to a tensor, by the index of the step; null if the step took it away. */
export interface Received {
  readonly step: number;
  readonly values: SentValues | null;
  /** Whether it is in `.grad`, or was only on its way back. */
  readonly kept: boolean;
}

/**
 * For each tensor, the gradients that passes brought to it and what the program then did to them, in order. After
 * `retain_grad()` torch keeps a gradient as it arrives. The trace sees that when the pass is over, so it is dated back here.
 */
export function gradients(
  response: RunResponse,
  functions: ReadonlyMap<number, FunctionStep>,
): Map<string, Received[]> {
  const found = new Map<string, Received[]>();
  const take = (tensor: string, step: number, values: SentValues | null, kept: boolean): void => {
    const all = found.get(tensor) ?? [];
    all.push({ step, values, kept });
    found.set(tensor, all);
  };
  const changes = new Map(response.tensors.map(({ id, grad_changes }) => [id, grad_changes]));
  // After the last function of a pass come the operation and the statement that ran it.
  const ends = new Map([...functions].map(([step, { pass }]) => [pass.id, step + 2]));
  for (const [step, { pass, run }] of functions) {
    const { accumulation } = run;
    const tensor = accumulation?.tensor ?? run.tensor;
    const values = pass.gradients[(accumulation === null ? run.arrived[0] : accumulation.after) ?? NaN];
    if (tensor === null || values === undefined) continue;
    const next = changes.get(tensor)?.find((change) => change.step > step);
    const retained =
      accumulation === null && next !== undefined && next.step <= (ends.get(pass.id) ?? 0) ? next.values : null;
    take(tensor, step, retained ?? values, accumulation !== null || (retained ?? null) !== null);
  }
  for (const { id, grad_changes } of response.tensors) {
    for (const { step, values } of grad_changes) take(id, step, values, true);
    found.get(id)?.sort((a, b) => a.step - b.step);
  }
  return found;
}
