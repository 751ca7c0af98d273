/**
 * Tensors that a step laid out anew: in another shape, with other strides, or in other memory.
 *
 * NOTE. `t_`, `unsqueeze_`, `resize_` and the like write no element, though torch counts them as writes; `x.data = y` and
 * `Module.half` are not even counted.
 */

import type { ArrayBody, OperationBody, StepBody, TensorBody } from "../api/schema.ts";
import { changedSince } from "./changes.ts";
import { shapeText } from "../numbers/grid.ts";
import type { Timeline, Version } from "./timeline.ts";

type Member = TensorBody | ArrayBody;

/** A tensor as it lay before a step and as it lies after it. */
export interface Relaid {
  readonly id: string;
  readonly before: Member;
  readonly after: Member;
}

/** How a step laid a tensor out anew that it gave a new version; null where it lies as before. */
export function relaid(timeline: Timeline, id: string, place: number): Relaid | null {
  const now = timeline.version(id, place);
  const before = now === null ? null : timeline.before(id, now);
  if (now === null || before === null || liesAs(before.member, now.member)) return null;
  return { id, before: before.member, after: now.member };
}

/** The tensors that steps, each with its place, laid out anew. */
export function relaidIn(timeline: Timeline, steps: readonly (readonly [number, StepBody])[]): Relaid[] {
  const found = steps.flatMap(([at, { changed }]) => changed.flatMap(({ id }) => relaid(timeline, id, at) ?? []));
  return [...new Map(found.map((one) => [one.id, one])).values()];
}

/** The tensor that an operation lays out anew itself, as `x.t_()` does, and not to write to it, as with `out=`. */
export function laidBy(timeline: Timeline, operation: OperationBody): Relaid | null {
  const [id] = operation.inputs;
  const place = timeline.madeAt(operation.id);
  const own = id !== undefined && operation.writes.some(({ tensor }) => tensor === id);
  return own && place !== null ? relaid(timeline, id, place) : null;
}

/** Whether a tensor had other elements before, as far as they are known: what shares memory counts each other's writes. */
export function isWritten(before: Version | null, now: Version): boolean {
  return before?.values.kind !== "full" || now.values.kind !== "full" || changedSince(before, now).size > 0;
}

/** What differs between two layouts first of all, and how it was and is. */
export function difference({ before, after }: Relaid): {
  readonly kind: "memory" | "shape" | "strides";
  readonly from: string;
  readonly to: string;
} {
  const [from, to] = [facts(before), facts(after)];
  if (before.storage !== after.storage) return { kind: "memory", from, to };
  if (from !== to) return { kind: "shape", from, to };
  return { kind: "strides", from: stridesText(before), to: stridesText(after) };
}

/** A tensor or array in a few characters: `(2, 2) float32`. */
export function facts(member: Member): string {
  return `${shapeText(member.shape)} ${member.dtype.replace(/^torch\./, "")}`;
}

function liesAs(one: Member, other: Member): boolean {
  return one === other || JSON.stringify(place(one)) === JSON.stringify(place(other));
}

function place(member: Member): unknown[] {
  return [member.shape, strides(member), member.offset, member.dtype, member.storage];
}

function strides(member: Member): readonly number[] {
  return "strides" in member ? member.strides : member.stride;
}

function stridesText(member: Member): string {
  return `${shapeText(strides(member))}${member.offset === 0 ? "" : ` + ${member.offset}`}`;
}
