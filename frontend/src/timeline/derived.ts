/** What is derived from an answer once: where its steps, tensors, operations and gradients are found. */

import type { ArrayRecord, OperationRecord, RunResponse, Step, TensorRecord } from "../api/schema.ts";
import { gradients, type Received } from "./gradients.ts";
import { type PassExtent, extents, functionSteps, type FunctionStep } from "./passes.ts";
import { type Stop, stopsOf } from "./stops.ts";

export type Recorded = TensorRecord | ArrayRecord;

export interface Derived {
  readonly functions: ReadonlyMap<number, FunctionStep>;
  readonly stops: readonly Stop[];
  readonly passes: readonly PassExtent[];
  readonly members: ReadonlyMap<string, Recorded>;
  readonly operations: ReadonlyMap<string, OperationRecord>;
  /** The step at which each operation ran and each tensor was first returned, by index. */
  readonly made: ReadonlyMap<string, number>;
  readonly gradients: ReadonlyMap<string, readonly Received[]>;
  /** The tensors and arrays that used each storage at any time. */
  readonly onStorage: ReadonlyMap<string, readonly string[]>;
}

const DERIVED = new WeakMap<RunResponse, Derived>();

/** What is derived from an answer, made once. */
export function derivedOf(response: RunResponse): Derived {
  const known = DERIVED.get(response) ?? derive(response);
  DERIVED.set(response, known);
  return known;
}

function derive(response: RunResponse): Derived {
  const functions = functionSteps(response);
  const members = new Map<string, Recorded>([...response.tensors, ...response.arrays].map((one) => [one.id, one]));
  return {
    functions,
    stops: stopsOf(response),
    passes: extents(response, functions),
    members,
    operations: new Map(response.operations.map((operation) => [operation.id, operation])),
    made: madeAt(response.steps),
    gradients: gradients(response, functions),
    onStorage: onStorages([...members.values()]),
  };
}

function madeAt(steps: readonly Step[]): Map<string, number> {
  const found = new Map<string, number>();
  steps.forEach((step, index) => {
    for (const id of step.kind === "operation" && step.ref !== null ? [step.ref, ...step.outputs] : step.outputs)
      if (!found.has(id)) found.set(id, index);
  });
  return found;
}

function onStorages(members: readonly Recorded[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, layout, history } of members) {
    const all = [layout.storage, ...history.map((version) => version.layout?.storage ?? null)];
    for (const used of new Set(all)) if (used !== null) found.set(used, [...(found.get(used) ?? []), id]);
  }
  return found;
}
