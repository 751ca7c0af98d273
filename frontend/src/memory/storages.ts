/** The storages of a run at a step, and the tensors and arrays that are windows on them. */

import type { MemoryRecord, OperationRecord, StorageRecord } from "../api/schema.ts";
import { holdingsAt } from "../timeline/holdings.ts";
import { isWritten, relaidIn } from "../timeline/layouts.ts";
import { stepsAt } from "../timeline/operations.ts";
import type { Timeline, Version } from "../timeline/timeline.ts";
import { countersAt, type Counter } from "./counters.ts";
import { type ByteLayout, layoutOf } from "./layout.ts";
import { isTensor, type Member } from "../timeline/member.ts";

/** How a tensor or array came to use its storage. */
type WindowOrigin =
  | { readonly kind: "own"; readonly expression: string | null }
  /** `of`: what the other is called; null if it has no name. */
  | { readonly kind: "view"; readonly expression: string | null; readonly of: string | null }
  | { readonly kind: "array"; readonly expression: null }
  | { readonly kind: "shares"; readonly expression: string | null };

/** A tensor or array as a window on its storage. */
export interface StorageWindow {
  readonly id: string;
  readonly names: readonly string[];
  readonly member: Member;
  readonly layout: ByteLayout;
  readonly version: Version;
  /** Its version before the step; null if the step did not change it. */
  readonly before: Version | null;
  /** Whether the step made it. */
  readonly fresh: boolean;
  readonly changed: boolean;
  /** Whether the step laid it out anew. */
  readonly relaid: boolean;
  readonly counter: Counter | null;
  readonly origin: WindowOrigin;
}

/** A storage and its windows, in the order in which the program made them. */
export interface Memory {
  readonly storage: StorageRecord;
  readonly windows: readonly StorageWindow[];
}

/** Every storage in use after a step. */
export function storagesAt(timeline: Timeline, index: number | null): Memory[] {
  const { storages } = timeline.response;
  const counters = countersAt(timeline, index);
  const origins = originsOf(timeline.response.operations);
  const made = new Set(
    stepsAt(timeline, index).flatMap((step) => step.changed.filter(({ version }) => version === 0).map(({ id }) => id)),
  );
  const anew = new Set(relaidIn(timeline, timeline.covered(index)).map(({ id }) => id));
  const held = new Map<string, StorageWindow[]>(storages.map(({ id }) => [id, []]));
  for (const holding of holdingsAt(timeline, index)) {
    const { member, version } = holding;
    const layout = layoutOf(member);
    const windows = held.get(member.layout.storage ?? "");
    if (layout === null || windows === undefined) continue;
    const laid = anew.has(holding.id);
    windows.push({
      id: holding.id,
      names: holding.names,
      member,
      layout,
      version,
      before: holding.before,
      fresh: made.has(holding.id),
      // What is laid out anew is counted as written, and so are its views; none need have been.
      changed: !laid && holding.before !== null && (anew.size === 0 || isWritten(holding.before, version)),
      relaid: laid,
      counter: counters.get(holding.id) ?? null,
      origin: originOf(timeline, member, origins.get(holding.id), windows.length > 0, index),
    });
  }
  return storages.flatMap((storage) => {
    const windows = held.get(storage.id) ?? [];
    return windows.length === 0 ? [] : [{ storage, windows }];
  });
}

interface Creation {
  readonly operation: OperationRecord;
  readonly memory: MemoryRecord | null;
}

/** The operation that first returned each tensor. */
function originsOf(operations: readonly OperationRecord[]): ReadonlyMap<string, Creation> {
  const found = new Map<string, Creation>();
  for (const operation of operations)
    operation.outputs.forEach((id, output) => {
      if (!found.has(id)) found.set(id, { operation, memory: operation.memory[output] ?? null });
    });
  return found;
}

function originOf(
  timeline: Timeline,
  member: Member,
  made: Creation | undefined,
  shared: boolean,
  index: number | null,
): WindowOrigin {
  if (!isTensor(member)) return { kind: "array", expression: null };
  const expression = made?.operation.expression ?? null;
  const of = made?.memory?.kind === "view" ? made.memory.of : member.view_of;
  if (of !== null) return { kind: "view", expression, of: timeline.nameOf(of, index) };
  return { kind: shared && made?.memory?.kind !== "new" ? "shares" : "own", expression };
}
