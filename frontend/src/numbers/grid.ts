/** A tensor as matrices: nested data into slices over the leading dimensions, and long sides cut to what fits. */

import { asElement, type Element } from "./text.ts";

/** Rows of elements: the last two dimensions of a tensor; a vector is one row, a scalar one element. */
export type Matrix = readonly (readonly Element[])[];

/** The service lists the elements of a tensor up to so many, and summarises more. */
export const LISTED = 2_048;

/** The matrix of nested `data` at `leading`, one index for each dimension before the last two. */
export function slice(data: unknown, shape: readonly number[], leading: readonly number[]): Matrix {
  if (shape.length === 0) return [[asElement(data)]];
  if (shape.length === 1) return [items(data).map(asElement)];
  let inner = data;
  for (const index of leading.slice(0, shape.length - 2)) inner = items(inner)[index];
  return items(inner).map((row) => items(row).map(asElement));
}

/** All elements of nested data, in order. */
export function flat(data: unknown, shape: readonly number[]): Element[] {
  return shape.reduce<unknown[]>((level) => level.flatMap(items), [data]).map(asElement);
}

function items(data: unknown): readonly unknown[] {
  return Array.isArray(data) ? data : [];
}

/** The indices of a side that are shown: all, or a head, a tail and those that are wanted, with `null` for each gap. */
export function shownIndices(size: number, most: number, wanted: readonly number[] = []): (number | null)[] {
  if (size <= most) return Array.from({ length: size }, (_, index) => index);
  const head = Math.ceil((most - 1) / 2);
  const tail = most - 1 - head;
  const known = new Set([
    ...Array.from({ length: head }, (_, index) => index),
    ...wanted.filter((index) => index >= 0 && index < size),
    ...Array.from({ length: tail }, (_, index) => size - tail + index),
  ]);
  return withGaps(
    [...known].sort((a, b) => a - b),
    size,
  );
}

/** Some known indices of a side, with `null` for each gap. */
export function withGaps(known: readonly number[], size: number): (number | null)[] {
  const found: (number | null)[] = [];
  let before = -1;
  for (const index of known) {
    if (index !== before + 1) found.push(null);
    found.push(index);
    before = index;
  }
  if (before < size - 1) found.push(null);
  return found;
}

/** Every combination of leading indices, in order. */
export function leadings(shape: readonly number[]): number[][] {
  return shape
    .slice(0, -2)
    .reduce<number[][]>(
      (found, size) => found.flatMap((indices) => Array.from({ length: size }, (_, index) => [...indices, index])),
      [[]],
    );
}

/** A shape as Python writes it. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0] ?? ""},)` : `(${shape.join(", ")})`;
}
