/** One element of values, by its index, as far as it is known. */

import type { SummaryValues } from "../api/schema.ts";
import type { Values } from "../api/values.ts";
import { asElement, type Element } from "./text.ts";

/** The element at `index` of values of `shape`; null if it is not known. */
export function elementAt(values: Values, shape: readonly number[], index: readonly number[]): Element | null {
  switch (values.kind) {
    case "full":
      return nested(values.data, index);
    case "summary":
      return corner(values, shape, index);
    case "opaque":
    case "awaited":
      return null;
  }
}

function nested(data: unknown, index: readonly number[]): Element | null {
  let found = data;
  for (const i of index) found = Array.isArray(found) ? (found[i] as unknown) : undefined;
  return found === undefined ? null : asElement(found);
}

/** Corners are of the tensor as a matrix, with all dimensions but the last as its rows. */
function corner({ corners }: SummaryValues, shape: readonly number[], index: readonly number[]): Element | null {
  const leading = index.slice(0, -1).reduce((row, i, dimension) => row * (shape[dimension] ?? 1) + i, 0);
  const row = corners.rows.indexOf(leading);
  const column = corners.columns.indexOf(index.at(-1) ?? 0);
  const found = row < 0 || column < 0 ? undefined : corners.data[row]?.[column];
  return found === undefined ? null : asElement(found);
}
