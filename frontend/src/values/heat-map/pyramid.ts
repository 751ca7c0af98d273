/**
 * A large matrix at every size: as tiles of a pyramid, and the sizes at which it can be shown.
 *
 * NOTE. A tile of level k covers 256 · 2ᵏ rows and columns, and is asked for with at most 256 of each: level 0 has the
 * elements themselves, the top level is one tile with the whole matrix.
 */

import type { SummaryValues } from "../../api/schema.ts";
import { isIntegral, statistic } from "../../numbers/text.ts";

export const SIDE = 256;
/** The longest that an element of a page may be in every browser, with room to spare. */
const LONGEST = 8_000_000;
const LARGEST_SQUARE = 16;

export interface Tile {
  readonly level: number;
  readonly row: number;
  readonly column: number;
}

/** Rows and columns, each from the first to past the last. */
export interface Region {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
}

/** Pixels of one element. `text`: its number is written on it. */
export interface Zoom {
  readonly width: number;
  readonly height: number;
  readonly text: boolean;
}

/** The size at which the numbers of a tensor can be read. */
export function textZoom(dtype: string, statistics: Pick<SummaryValues, "min" | "max"> | null): Zoom {
  const zoom = (width: number): Zoom => ({ width, height: 22, text: true });
  if (dtype.includes("complex")) return zoom(132);
  if (dtype.includes("bool")) return zoom(48);
  if (!isIntegral(dtype)) return zoom(72);
  const widest = [statistics?.min, statistics?.max].map((extreme) => statistic(extreme).length);
  return zoom(18 + 7 * Math.max(...widest, 2));
}

/** The level that has the whole matrix in one tile. */
export function topLevel(rows: number, columns: number): number {
  return Math.max(0, Math.ceil(Math.log2(Math.max(rows, columns, 1) / SIDE)));
}

/** The coarsest level at which no block is larger than a pixel, `density` of which make one of the page's. */
export function levelFor(zoom: Zoom, density: number, top: number): number {
  const pixels = Math.min(zoom.width, zoom.height) * density;
  return Math.min(top, Math.max(0, Math.ceil(-Math.log2(pixels))));
}

/** The tiles of a level that have a part of `view`. */
export function tilesIn(level: number, view: Region): Tile[] {
  const side = SIDE * 2 ** level;
  const tiles: Tile[] = [];
  for (let row = Math.floor(view.rows[0] / side); row * side < view.rows[1]; row++)
    for (let column = Math.floor(view.columns[0] / side); column * side < view.columns[1]; column++)
      tiles.push({ level, row, column });
  return tiles;
}

/** What a tile covers of a matrix. */
export function regionOf({ level, row, column }: Tile, rows: number, columns: number): Region {
  const side = SIDE * 2 ** level;
  return {
    rows: [row * side, Math.min((row + 1) * side, rows)],
    columns: [column * side, Math.min((column + 1) * side, columns)],
  };
}

export function tileKey({ level, row, column }: Tile): string {
  return `${level}/${row}/${column}`;
}

/**
 * The sizes at which a matrix can be shown, from the whole in `width` by `height` pixels to readable numbers.
 *
 * A matrix whose sides differ much is stretched to what there is, so that a vector is a strip and not a hair.
 */
export function zooms(rows: number, columns: number, width: number, height: number, text: Zoom): Zoom[] {
  const fit = { width: Math.min(LARGEST_SQUARE, width / columns), height: Math.min(LARGEST_SQUARE, height / rows) };
  const least = Math.min(fit.width, fit.height);
  const most = Math.max(fit.width, fit.height);
  const first = most < 4 * least ? { width: least, height: least } : fit;
  const found: Zoom[] = [{ ...first, text: false }];
  for (let power = Math.floor(Math.log2(least)) + 1; 2 ** power <= LARGEST_SQUARE; power++)
    if (2 ** power > least * 1.2)
      found.push({ width: Math.max(first.width, 2 ** power), height: Math.max(first.height, 2 ** power), text: false });
  return [...found, text].filter((zoom, index) => index === 0 || fits(zoom, rows, columns));
}

function fits(zoom: Zoom, rows: number, columns: number): boolean {
  return zoom.width * columns <= LONGEST && zoom.height * rows <= LONGEST;
}
