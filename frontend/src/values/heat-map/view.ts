/** The part of a large matrix that is in view. */

import { type Region, levelFor, type Tile, tilesIn, topLevel, type Zoom } from "./pyramid.ts";

/** Room for the numbers of rows and columns. */
export const GUTTER = { left: 44, top: 17 };

/** A part of a matrix in so many pixels of the page; `left` and `top` are how far it is scrolled. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly top: number;
  readonly zoom: Zoom;
  readonly rows: number;
  readonly columns: number;
}

/** The rows and columns that are in view. */
export function inView({ width, height, left, top, zoom, rows, columns }: View): Region {
  const side = (from: number, pixels: number, each: number, count: number): [number, number] => [
    Math.max(0, Math.floor(from / each)),
    Math.min(count, Math.ceil((from + pixels) / each)),
  ];
  return {
    rows: side(top, height - GUTTER.top, zoom.height, rows),
    columns: side(left, width - GUTTER.left, zoom.width, columns),
  };
}

/** The tiles to show a part of a matrix with, coarse before fine:first the whole of it, then finer ones if it is zoomed in. */
export function tilesFor(view: View, density: number): Tile[] {
  const top = topLevel(view.rows, view.columns);
  const level = levelFor(view.zoom, density, top);
  const whole: Tile = { level: top, row: 0, column: 0 };
  return level === top ? [whole] : [whole, ...tilesIn(level, inView(view))];
}
