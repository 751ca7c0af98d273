/**
 * Tensors whose layout a step changed: their shape, strides, offset, dtype or storage.
 *
 * NOTE. `t_`, `unsqueeze_`, `resize_` and the like write no element, though torch counts them as writes; `x.data = y` and
 * `Module.half` are not even counted.
 */

import type { OperationRecord, Step } from "../api/schema.ts";
import { isAwaited } from "../run/arrived.ts";
import { changedSince } from "./changes.ts";
import { shapeText } from "../numbers/grid.ts";
import type { Timeline, Version } from "./timeline.ts";
import type { Member } from "./member.ts";

/** A tensor before and after a step that changed its layout. */
export interface Relaid {
  readonly id: string;
  readonly before: Member;
  readonly after: Member;
}

/** How a step changed the layout of a tensor; null if it did not. */
export function relaid(timeline: Timeline, id: string, index: number): Relaid | null {
  const now = timeline.version(id, index);
  const before = now === null ? null : timeline.before(id, now);
  if (now === null || before === null || sameLayout(before.member, now.member)) return null;
  return { id, before: before.member, after: now.member };
}

/** The tensors whose layout these steps, each with its index, changed. */
export function relaidIn(timeline: Timeline, steps: readonly (readonly [number, Step])[]): Relaid[] {
  const found = steps.flatMap(([at, { changed }]) => changed.flatMap(({ id }) => relaid(timeline, id, at) ?? []));
  return [...new Map(found.map((change) => [change.id, change])).values()];
}

/** The tensor whose layout an operation changes itself, as `x.t_()` does; null for a write to a resized `out=`. */
export function laidBy(timeline: Timeline, operation: OperationRecord): Relaid | null {
  const [id] = operation.inputs;
  const index = timeline.madeAt(operation.id);
  const own = id !== undefined && operation.writes.some(({ tensor }) => tensor === id);
  return own && index !== null ? relaid(timeline, id, index) : null;
}

/**
 * Whether a tensor had other elements before, as far as they are known; not as long as they are awaited. Tensors that share memory
 * share a version counter.
 */
export function isWritten(before: Version | null, now: Version): boolean {
  if (isAwaited(before?.values) || isAwaited(now.values)) return false;
  return before?.values.kind !== "full" || now.values.kind !== "full" || changedSince(before, now).size > 0;
}

/** What differs between two layouts first of all, and how it was and is. */
export function difference({ before, after }: Relaid): {
  readonly kind: "memory" | "shape" | "strides";
  readonly from: string;
  readonly to: string;
} {
  const [from, to] = [facts(before), facts(after)];
  if (before.layout.storage !== after.layout.storage) return { kind: "memory", from, to };
  if (from !== to) return { kind: "shape", from, to };
  return { kind: "strides", from: stridesText(before), to: stridesText(after) };
}

/** A tensor or array in a few characters: `(2, 2) float32`. */
export function facts({ layout }: Member): string {
  return `${shapeText(layout.shape)} ${layout.dtype.replace(/^torch\./, "")}`;
}

function sameLayout(member: Member, other: Member): boolean {
  return member.layout === other.layout || JSON.stringify(member.layout) === JSON.stringify(other.layout);
}

function stridesText({ layout }: Member): string {
  const strides = "strides" in layout ? layout.strides : layout.stride;
  return `${shapeText(strides)}${layout.offset === 0 ? "" : ` + ${layout.offset}`}`;
}
