/** Moving through a grid of cells by keyboard, as the ARIA authoring practices describe it. */

/** A cell by its place among those that are shown. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

const PAGE = 5;

/** Where a key leads from a cell of a grid of `rows` by `columns`; null for a key that leads nowhere. */
export function moved(
  { row, column }: GridCell,
  key: string,
  whole: boolean,
  rows: number,
  columns: number,
  page = PAGE,
): GridCell | null {
  const to = (down: number, across: number): GridCell => ({
    row: Math.min(Math.max(down, 0), rows - 1),
    column: Math.min(Math.max(across, 0), columns - 1),
  });
  switch (key) {
    case "ArrowUp":
      return to(row - 1, column);
    case "ArrowDown":
      return to(row + 1, column);
    case "ArrowLeft":
      return to(row, column - 1);
    case "ArrowRight":
      return to(row, column + 1);
    case "PageUp":
      return to(row - page, column);
    case "PageDown":
      return to(row + page, column);
    case "Home":
      return to(whole ? 0 : row, 0);
    case "End":
      return to(whole ? rows - 1 : row, columns - 1);
    default:
      return null;
  }
}
