/** The cells of the editor: an immutable list, and the ways to change it. */

/** A cell. `key` stays with it however it moves. `title`: what the page calls it, where it does not count its cells. */
export interface Cell {
  readonly key: number;
  readonly code: string;
  readonly title?: string;
}

export type Notebook = readonly Cell[];

/** A notebook of these sources, with the titles that they have. */
export function notebook(sources: readonly string[], titles: readonly (string | null)[] = [], first = 0): Notebook {
  return sources.map((code, index) => {
    const title = titles[index] ?? null;
    return { key: first + index, code, ...(title !== null && { title }) };
  });
}

/** A notebook of other sources. No key of `cells` is used again, so that nothing known of the old cells is shown for the new. */
export function replaced(cells: Notebook, sources: readonly string[], titles: readonly string[] = []): Notebook {
  return notebook(sources, titles, fresh(cells));
}

/** What a cell is called within a sentence. */
export function called(
  cells: readonly { readonly title?: string | null }[],
  index: number,
  { cellNamed }: { readonly cellNamed: (n: number) => string },
): string {
  return cells[index]?.title ?? cellNamed(index + 1);
}

const SOURCES = new WeakMap<Notebook, readonly string[]>();

/** The sources of these cells: the same list for the same notebook. */
export function sources(cells: Notebook): readonly string[] {
  const known = SOURCES.get(cells) ?? cells.map((cell) => cell.code);
  SOURCES.set(cells, known);
  return known;
}

/** Cells as they are sent to be run. */
export function asked(cells: Notebook): { cells: string[]; titles?: string[] } {
  const titles = cells.flatMap(({ title }) => title ?? []);
  return { cells: [...sources(cells)], ...(titles.length === cells.length && { titles }) };
}

/** Whether two programs are the same. */
export function sameCells(program: readonly string[], other: readonly string[]): boolean {
  return program.length === other.length && program.every((code, index) => code === other[index]);
}

/** Whether a program is nothing but white space. */
export function blank(program: readonly string[]): boolean {
  return program.every((code) => code.trim() === "");
}

/** Whether two notebooks are the same to run: blank cells do nothing. */
export function sameProgram(one: Notebook, other: Notebook): boolean {
  const codes = (cells: Notebook): string[] => sources(cells).filter((code) => code.trim() !== "");
  return sameCells(codes(one), codes(other));
}

/** With an empty cell after `key`. */
export function added(cells: Notebook, key: number): Notebook {
  return cells.toSpliced(indexOf(cells, key) + 1, 0, { key: fresh(cells), code: "" });
}

/** Without `key`; the last cell is emptied instead, so that there is always one to type in. */
export function removed(cells: Notebook, key: number): Notebook {
  if (cells.length > 1) return cells.filter((cell) => cell.key !== key);
  return cells.map((cell) => ({ ...cell, code: "" }));
}

/** A cell that was deleted, and its index. */
export interface Deletion {
  readonly cell: Cell;
  readonly index: number;
}

/** The cell that deleting `key` removes; null if it is blank. */
export function deletion(cells: Notebook, key: number): Deletion | null {
  const at = indexOf(cells, key);
  const cell = cells[at];
  return cell === undefined || cell.code.trim() === "" ? null : { cell, index: at };
}

/** With a deleted cell back at its index. If it was the last and so was only emptied, it has its code again. */
export function restored(cells: Notebook, { cell, index: at }: Deletion): Notebook {
  const [only] = cells;
  if (cells.length === 1 && only?.key === cell.key && only.code === "") return [cell];
  const taken = cells.some(({ key }) => key === cell.key);
  const back = taken ? { ...cell, key: Math.max(...cells.map(({ key }) => key)) + 1 } : cell;
  return cells.toSpliced(at, 0, back);
}

/** The cells up to `key`, itself included. */
export function upTo(cells: Notebook, key: number): Notebook {
  return cells.slice(0, indexOf(cells, key) + 1);
}

/** With `key` moved up (-1) or down (+1) by one, if possible. */
export function moved(cells: Notebook, key: number, by: -1 | 1): Notebook {
  const from = indexOf(cells, key);
  const cell = cells[from];
  const to = from + by;
  if (cell === undefined || to < 0 || to >= cells.length) return cells;
  return cells.toSpliced(from, 1).toSpliced(to, 0, cell);
}

/** With new code in `key`. */
export function edited(cells: Notebook, key: number, code: string): Notebook {
  return cells.map((cell) => (cell.key === key ? { ...cell, code } : cell));
}

/** A key that no cell has. */
function fresh(cells: Notebook): number {
  return Math.max(-1, ...cells.map((cell) => cell.key)) + 1;
}

function indexOf(cells: Notebook, key: number): number {
  return cells.findIndex((cell) => cell.key === key);
}
