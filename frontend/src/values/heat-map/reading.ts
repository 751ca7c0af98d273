/** What is known of a cell of a large matrix, in words. */

import type { GridCell } from "../cursor.ts";
import { compact } from "../../numbers/text.ts";
import { type Marks, markOn } from "../origins.ts";
import { indexOf } from "../sheets.ts";
import type { Reading, WindowNumbers } from "./windows.ts";

/** One matrix of a tensor. */
interface MatrixOf {
  readonly shape: readonly number[];
  /** The indices of the dimensions before its two. */
  readonly leading: readonly number[];
  readonly integral: boolean;
  readonly marks: Marks;
}

/** What the last of these tiles that has a cell knows of it: the finest, if they come coarse before fine. */
export function finest(tiles: readonly WindowNumbers[], { row, column }: GridCell): Reading | null {
  for (const tile of tiles.toReversed()) {
    const reading = tile.at(row, column);
    if (reading !== null) return reading;
  }
  return null;
}

/** The words for a cell; `block` has those for the mean and the extremes of several. */
export function said(
  at: GridCell,
  reading: Reading | null,
  { shape, leading, integral, marks }: MatrixOf,
  block: (mean: string, least: string, most: string) => string,
): string {
  const index = (row: string, column: string): string =>
    shape.length > 1 ? [...leading, row, column].join(", ") : column;
  const own = `[${index(String(at.row), String(at.column))}]`;
  if (reading === null) return own;
  if (reading.kind === "element") {
    const derivative = markOn(marks, indexOf(shape.length, leading, at.row, at.column))?.text ?? null;
    return `${own} = ${compact(reading.element, integral, 7)}${derivative === null ? "" : `  ∂ ${derivative}`}`;
  }
  const side = ([from, to]: readonly [number, number]): string => (to - from > 1 ? `${from}:${to}` : String(from));
  const numbers = block(
    compact(reading.mean, false, 5),
    compact(reading.least, integral, 5),
    compact(reading.most, integral, 5),
  );
  return `[${index(side(reading.rows), side(reading.columns))}]  ${numbers}`;
}
