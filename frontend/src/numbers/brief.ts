/** Values in a few characters, for a sentence. */

import type { Values } from "../api/values.ts";
import { flat, shapeText } from "./grid.ts";
import { type Element, statistic, texts } from "./text.ts";

/** Up to so many elements are listed. */
const FEW = 4;

/** The element that all are equal to; null if they differ or are not all known. */
export function uniform(values: Values, shape: readonly number[] | null = null): Element | null {
  if (values.kind !== "full") return null;
  const elements = flat(values.data, ownShape(values.data, shape));
  const first = elements[0];
  if (first === undefined) return null;
  if (typeof first === "object") return elements.length === 1 ? first : null;
  return elements.every((element) => element === first) ? first : null;
}

/**
 * One number if all are equal, the elements if they are few, else the shape (`shape`, if the values lack it or are complex).
 * `each`: few elements are listed even if they are equal.
 */
export function brief(values: Values, shape: readonly number[] | null = null, each = false): string {
  if (values.kind !== "full") return shape === null ? "…" : shapeText(shape);
  const own = ownShape(values.data, shape);
  const same = uniform(values, shape);
  const list = each && isListed(own);
  if (same !== null && !list) return typeof same === "number" ? statistic(same) : (texts([same], false)[0] ?? "");
  const elements = flat(values.data, own);
  return isListed(own) ? `[${elements.map(elementText).join(", ")}]` : shapeText(own);
}

/** Whether `brief` has the values themselves, and not their shape. */
export function isBrief(values: Values, shape: readonly number[] | null = null): boolean {
  if (values.kind !== "full") return false;
  return uniform(values, shape) !== null || isListed(ownShape(values.data, shape));
}

/** Whether values of a shape are few enough to be listed in a row. */
function isListed(shape: readonly number[]): boolean {
  return shape.length === 1 && (shape[0] ?? 0) <= FEW;
}

/** The shape of values, as text; `shape`, if they do not tell it themselves. */
export function shapeOfValues(values: Values, shape: readonly number[] | null = null): string {
  if (values.kind === "full") return shapeText(ownShape(values.data, shape));
  return shape === null ? "…" : shapeText(shape);
}

function elementText(element: Element): string {
  return typeof element === "number" ? statistic(element) : (texts([element], false)[0] ?? "");
}

/** The shape of nested data; that of the tensor, `shape`, if its elements are complex, which are pairs. */
export function ownShape(data: unknown, shape: readonly number[] | null): readonly number[] {
  const own = shapeOf(data);
  return shape?.length === own.length - 1 ? shape : own;
}

/** The shape of nested data. A complex number, a pair at the bottom, counts as a dimension. */
export function shapeOf(data: unknown): number[] {
  const found: number[] = [];
  for (let level = data; Array.isArray(level); level = level[0] as unknown) found.push(level.length);
  return found;
}
