/** Values as what is drawn of them: matrices with gaps, texts of one format, one scale. */

import type { FullValues } from "../api/schema.ts";
import type { GridCell } from "./cursor.ts";
import { flat, type Matrix, shownIndices, slice } from "../numbers/grid.ts";
import { type Element, texts } from "../numbers/text.ts";
import { type Scale, scaleOf } from "../numbers/scale.ts";

/** A matrix as it is shown: only some rows and columns of it may be known. */
export interface Sheet {
  /** The known elements, and the texts that show them. */
  readonly matrix: Matrix;
  readonly texts: readonly (readonly string[])[];
  /** The index in the tensor of each known row and column; null for a gap, which has no elements. */
  readonly rows: readonly (number | null)[];
  readonly columns: readonly (number | null)[];
  readonly height: number;
  readonly width: number;
}

/** Every element of a tensor, ready to be shown slice by slice. */
export interface Listing {
  readonly values: FullValues;
  readonly shape: readonly number[];
  readonly elements: readonly Element[];
  readonly texts: readonly string[];
  readonly scale: Scale;
  /** Characters of the widest text. */
  readonly chars: number;
}

export function listing(values: FullValues, shape: readonly number[], integral: boolean): Listing {
  const elements = flat(values.data, shape);
  const written = texts(elements, integral);
  const chars = written.reduce((most, text) => Math.max(most, text.length), 1);
  return { values, shape, elements, texts: written, scale: scaleOf(elements), chars };
}

/** The index of the first element of a slice among all elements, in row-major order. */
export function startOf(shape: readonly number[], leading: readonly number[]): number {
  return (
    leading.reduce((sum, index, dimension) => sum * (shape[dimension] ?? 1) + index, 0) * height(shape) * width(shape)
  );
}

/** One slice, with at most so many rows and columns, and those of `wanted` besides. */
export function sheet(
  { values, shape, texts: written }: Listing,
  leading: readonly number[],
  most: number,
  wanted: readonly GridCell[] = [],
): Sheet {
  const matrix = slice(values.data, shape, leading);
  const start = startOf(shape, leading);
  const rows = shownIndices(
    height(shape),
    most,
    wanted.map((cell) => cell.row),
  );
  const columns = shownIndices(
    width(shape),
    most,
    wanted.map((cell) => cell.column),
  );
  const known = (side: readonly (number | null)[]): number[] => side.filter((index) => index !== null);
  return {
    matrix: known(rows).map((row) => known(columns).map((column) => matrix[row]?.[column] ?? "?")),
    texts: known(rows).map((row) =>
      known(columns).map((column) => written[start + row * width(shape) + column] ?? "?"),
    ),
    rows,
    columns,
    height: height(shape),
    width: width(shape),
  };
}

/** A slice of elements that are awaited, as large as it will be. */
export function blank(shape: readonly number[], most: number): Sheet {
  const rows = shownIndices(height(shape), most);
  const columns = shownIndices(width(shape), most);
  return { matrix: [], texts: [], rows, columns, height: height(shape), width: width(shape) };
}

export function numel(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Rows of the matrices of a tensor; a vector is one row. */
export function height(shape: readonly number[]): number {
  return shape.length > 1 ? (shape.at(-2) ?? 1) : 1;
}

export function width(shape: readonly number[]): number {
  return shape.at(-1) ?? 1;
}

/** The index in a tensor of a cell of one of its matrices. */
export function indexOf(
  dimensions: number,
  leading: readonly number[],
  row: number,
  column: number,
): readonly number[] {
  if (dimensions === 0) return [];
  return dimensions === 1 ? [column] : [...leading, row, column];
}
