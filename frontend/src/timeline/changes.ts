/** Which elements of a tensor a step changed. */

import type { Version } from "./timeline.ts";
import type { Values } from "../api/values.ts";
import { flat } from "../numbers/grid.ts";

const NONE: ReadonlySet<number> = new Set();

/** The row-major indices of the elements that differ; none if not all elements are known. */
export function changedElements(before: Values | null, after: Values, shape: readonly number[]): ReadonlySet<number> {
  if (before?.kind !== "full" || after.kind !== "full" || before === after) return NONE;
  const old = flat(before.data, shape);
  const now = flat(after.data, shape);
  if (old.length !== now.length) return NONE;
  return new Set(now.flatMap((element, i) => (same(old[i], element) ? [] : [i])));
}

/** The row-major indices of the elements that differ between two versions; none if the shape changed. */
export function changedSince(before: Version | null, now: Version): ReadonlySet<number> {
  if (before?.member.layout.shape.join() !== now.member.layout.shape.join()) return NONE;
  return changedElements(before.values, now.values, now.member.layout.shape);
}

function same(before: unknown, after: unknown): boolean {
  if (Array.isArray(before) && Array.isArray(after)) return before.every((part, i) => Object.is(part, after[i]));
  return Object.is(before, after);
}
