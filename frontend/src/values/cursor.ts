/** Moving through a grid of cells by keyboard, as the ARIA authoring practices describe it. */

/** A cell of a grid. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

const PAGE = 5;

/** The cell that a key leads to in a grid of `rows` by `columns`; null for any other key. */
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
