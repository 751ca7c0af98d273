/** Which elements of a tensor a step changed. */

import type { Version } from "./timeline.ts";
import type { Values } from "../api/values.ts";
import { flat } from "../numbers/grid.ts";

const NONE: ReadonlySet<number> = new Set();

/** The places, in row-major order, of the elements that differ; none where either is not known element by element. */
export function changedElements(before: Values | null, after: Values, shape: readonly number[]): ReadonlySet<number> {
  if (before?.kind !== "full" || after.kind !== "full" || before === after) return NONE;
  const old = flat(before.data, shape);
  const now = flat(after.data, shape);
  if (old.length !== now.length) return NONE;
  return new Set(now.flatMap((element, place) => (same(old[place], element) ? [] : [place])));
}

/** Those that differ between two versions; none where the tensor had another shape before. */
export function changedSince(before: Version | null, now: Version): ReadonlySet<number> {
  if (before?.member.shape.join() !== now.member.shape.join()) return NONE;
  return changedElements(before.values, now.values, now.member.shape);
}

function same(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after))
    return before.every((part, place) => Object.is(part, after[place]));
  return Object.is(before, after);
}
