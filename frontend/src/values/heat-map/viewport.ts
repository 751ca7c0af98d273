/** What of a large matrix is in view: its zoom, its scroll position, and the cell at a point. */

import { moved, type GridCell } from "../cursor.ts";
import { type Zoom, zooms } from "./pyramid.ts";
import { GUTTER, inView, type View } from "./view.ts";

/** The element that scrolls. */
type Frame = Pick<HTMLElement, "clientWidth" | "clientHeight" | "scrollLeft" | "scrollTop">;
/** The empty one in it that has the size of the whole matrix. */
interface Sheet {
  readonly style: Pick<CSSStyleDeclaration, "width" | "height">;
}

/** A point of the frame, in pixels from its inner corner. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export class Viewport {
  readonly #frame: Frame;
  readonly #sheet: Sheet;
  #rows = 0;
  #columns = 0;
  #zooms: readonly Zoom[] = [];
  /** Which of the zooms it is; 0 shows the whole matrix. */
  #size = 0;

  constructor(frame: Frame, sheet: Sheet) {
    this.#frame = frame;
    this.#sheet = sheet;
  }

  get size(): number {
    return this.#size;
  }

  /** The size at which numbers are written. */
  get largest(): number {
    return this.#zooms.length - 1;
  }

  get zoom(): Zoom {
    return this.#zooms[this.#size] ?? { width: 1, height: 1, text: false };
  }

  get view(): View {
    const { clientWidth: width, clientHeight: height, scrollLeft: left, scrollTop: top } = this.#frame;
    return { width, height, left, top, zoom: this.zoom, rows: this.#rows, columns: this.#columns };
  }

  /** Take the size of the frame, and the zooms that follow from it; `text` is the one at which numbers are written. */
  measure(rows: number, columns: number, text: Zoom): void {
    const { clientWidth, clientHeight } = this.#frame;
    if (clientWidth === 0 || clientHeight === 0) return;
    this.#rows = rows;
    this.#columns = columns;
    this.#zooms = zooms(rows, columns, clientWidth - GUTTER.left - 1, clientHeight - GUTTER.top - 1, text);
    this.#size = Math.min(this.#size, this.largest);
    this.#layOut();
  }

  /** Zoom so that what is under `anchor` stays there; without one, the cursor, or the middle where there is none. */
  zoomTo(size: number, anchor: Point | null, cursor: GridCell | null): void {
    const to = Math.min(Math.max(size, 0), this.largest);
    if (to === this.#size) return;
    const frame = this.#frame;
    const before = this.zoom;
    const at = anchor ?? (cursor === null ? this.#middle() : this.#point(cursor));
    const column = (frame.scrollLeft + at.x - GUTTER.left) / before.width;
    const row = (frame.scrollTop + at.y - GUTTER.top) / before.height;
    this.#size = to;
    this.#layOut();
    frame.scrollLeft = column * this.zoom.width - at.x + GUTTER.left;
    frame.scrollTop = row * this.zoom.height - at.y + GUTTER.top;
  }

  /** The cell at a point; null over a ruler or beyond the matrix. */
  under({ x, y }: Point): GridCell | null {
    if (x < GUTTER.left || y < GUTTER.top) return null;
    const column = Math.floor((x - GUTTER.left + this.#frame.scrollLeft) / this.zoom.width);
    const row = Math.floor((y - GUTTER.top + this.#frame.scrollTop) / this.zoom.height);
    return row < this.#rows && column < this.#columns ? { row, column } : null;
  }

  /**
   * Scroll to the cell that a key leads to from the cursor, and return it; null for any other key. An arrow moves by one cell if
   * cells are large enough to see, else by several; without a cursor, to the first cell in view.
   */
  follow(cursor: GridCell | null, key: string, whole: boolean): GridCell | null {
    const view = inView(this.view);
    const from = cursor ?? { row: view.rows[0], column: view.columns[0] };
    const step = Math.max(1, Math.round(4 / Math.min(this.zoom.width, this.zoom.height)));
    const next = moved(from, key, whole, this.#rows, this.#columns, 10 * step);
    if (next === null) return null;
    const stride = (before: number, after: number, count: number): number =>
      Math.min(Math.max(before + step * (after - before), 0), count - 1);
    const far = {
      row: stride(from.row, next.row, this.#rows),
      column: stride(from.column, next.column, this.#columns),
    };
    const to = cursor === null ? from : key.startsWith("Arrow") ? far : next;
    this.#reveal(to);
    return to;
  }

  #middle(): Point {
    return { x: (this.#frame.clientWidth + GUTTER.left) / 2, y: (this.#frame.clientHeight + GUTTER.top) / 2 };
  }

  #point({ row, column }: GridCell): Point {
    return {
      x: GUTTER.left + (column + 0.5) * this.zoom.width - this.#frame.scrollLeft,
      y: GUTTER.top + (row + 0.5) * this.zoom.height - this.#frame.scrollTop,
    };
  }

  #reveal({ row, column }: GridCell): void {
    const frame = this.#frame;
    const { width, height } = this.zoom;
    const along = (scroll: number, room: number, at: number, size: number): number =>
      Math.max(Math.min(scroll, at), at + size - room);
    frame.scrollLeft = along(frame.scrollLeft, frame.clientWidth - GUTTER.left, column * width, width);
    frame.scrollTop = along(frame.scrollTop, frame.clientHeight - GUTTER.top, row * height, height);
  }

  #layOut(): void {
    this.#sheet.style.width = `${GUTTER.left + Math.ceil(this.#columns * this.zoom.width)}px`;
    this.#sheet.style.height = `${GUTTER.top + Math.ceil(this.#rows * this.zoom.height)}px`;
  }
}
