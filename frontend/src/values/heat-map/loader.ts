/** Loads the tiles of a large matrix: those that are in view, a few at a time, and none that no longer is. */

import type { WindowRequestWithCells } from "../../api/schema.ts";
import { source } from "../../api/source.ts";
import type { Element } from "../../numbers/text.ts";
import { type Region, regionOf, SIDE, type Tile, tileKey, tilesIn } from "./pyramid.ts";
import { WindowNumbers } from "./windows.ts";

const AT_ONCE = 2;
/** Tiles that are kept: enough for several screens around the one in view. */
const KEPT = 96;

/** What a tile is of: a program, and one matrix of a tensor in it. */
export type Subject = Omit<WindowRequestWithCells, "rows" | "columns" | "height" | "width">;

export class TileLoader {
  readonly #subject: Subject;
  readonly #rows: number;
  readonly #columns: number;
  readonly #tiles = new Map<string, WindowNumbers>();
  readonly #loading = new Map<string, AbortController>();
  readonly #changed: () => void;
  #wanted: readonly Tile[] = [];
  /** Why there are no tiles: the service's words, or empty if it could not be asked. */
  failure: string | null = null;

  /** `changed` is called when a tile has come, or none will. */
  constructor(subject: Subject, rows: number, columns: number, changed: () => void) {
    this.#subject = subject;
    this.#rows = rows;
    this.#columns = columns;
    this.#changed = changed;
  }

  get busy(): boolean {
    return this.#loading.size > 0;
  }

  tile(tile: Tile): WindowNumbers | null {
    return this.#tiles.get(tileKey(tile)) ?? null;
  }

  /** An element by its row and column; null if the tile that has it has not come. */
  element(row: number, column: number): Element | null {
    const [tile] = tilesIn(0, { rows: [row, row + 1], columns: [column, column + 1] });
    const reading = tile === undefined ? null : (this.tile(tile)?.at(row, column) ?? null);
    return reading?.kind === "element" ? reading.element : null;
  }

  /** Load these tiles, in order, and give up loading any other. */
  want(tiles: readonly Tile[]): void {
    this.#wanted = tiles;
    const keys = new Set(tiles.map(tileKey));
    for (const [key, abort] of this.#loading) {
      if (keys.has(key)) continue;
      abort.abort();
      this.#loading.delete(key);
    }
    this.#next();
  }

  /** Give everything up. */
  close(): void {
    this.want([]);
  }

  #next(): void {
    if (this.failure !== null) return;
    for (const tile of this.#wanted) {
      if (this.#loading.size >= AT_ONCE) return;
      const key = tileKey(tile);
      if (!this.#tiles.has(key) && !this.#loading.has(key)) void this.#load(tile, key);
    }
  }

  async #load(tile: Tile, key: string): Promise<void> {
    const ask = source().window;
    if (ask === null) return;
    const abort = new AbortController();
    this.#loading.set(key, abort);
    const { rows, columns }: Region = regionOf(tile, this.#rows, this.#columns);
    try {
      const { window, message } = await ask(
        { ...this.#subject, rows: [...rows], columns: [...columns], height: SIDE, width: SIDE },
        abort.signal,
      );
      if (abort.signal.aborted) return;
      if (window?.reason !== null) this.failure = window?.text ?? message ?? "";
      else this.#keep(key, new WindowNumbers(window));
    } catch {
      if (abort.signal.aborted) return;
      this.failure = "";
    }
    this.#loading.delete(key);
    this.#next();
    this.#changed();
  }

  #keep(key: string, numbers: WindowNumbers): void {
    this.#tiles.set(key, numbers);
    for (const oldest of this.#tiles.keys()) {
      if (this.#tiles.size <= KEPT) break;
      this.#tiles.delete(oldest);
    }
  }
}
