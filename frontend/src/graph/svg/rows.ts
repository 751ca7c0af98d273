/** The rows of numbers on a card of a picture, as the service writes them: a matrix, of a large one its corners. */

import type { Values } from "../../api/values.ts";
import { flat } from "../../numbers/grid.ts";
import { asElement, type Element, isIntegral, texts } from "../../numbers/text.ts";
import { visible } from "../../ui/text/visible.ts";

/** Rows and columns that are shown whole; of more, the first two and the last. */
const SIDE = 5;
const TEXT_CHARS = 24;
const GAP = "…";

/** The rows; the last dimension of the tensor against all the others. */
export function rowsOf(values: Values, shape: readonly number[], dtype: string): string[] {
  if (values.kind === "awaited") return [GAP];
  if (values.kind === "opaque") return [visible(values.text).slice(0, TEXT_CHARS)];
  const size = [shape.slice(0, -1).reduce((product, side) => product * side, 1), shape.at(-1) ?? 1] as const;
  if (size.includes(0)) return ["[ ]"];
  const full = values.kind === "full";
  const rows = full ? indices(size[0]) : values.corners.rows;
  const columns = full ? indices(size[1]) : values.corners.columns;
  const elements = full ? flat(values.data, shape) : flat(values.corners.data, [rows.length, columns.length]);
  const [shownRows, shownColumns] = [chosen(rows.length), chosen(columns.length)];
  const written = texts(
    shownRows.flatMap((row) =>
      shownColumns.map((column): Element => asElement(elements[row * columns.length + column])),
    ),
    isIntegral(dtype),
  );
  const grid = shownRows.map((_, at) => written.slice(at * shownColumns.length, (at + 1) * shownColumns.length));
  const wide = grid.map((row) => withGaps(row, places(shownColumns, columns), size[1], GAP));
  const high = withGaps(
    wide,
    places(shownRows, rows),
    size[0],
    (wide[0] ?? []).map(() => GAP),
  );
  const widths = (high[0] ?? []).map((_, column) => Math.max(...high.map((row) => row[column]?.length ?? 0)));
  return high.map((row) => row.map((cell, column) => cell.padStart(widths[column] ?? 0)).join("  "));
}

function indices(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index);
}

function chosen(count: number): number[] {
  return count <= SIDE ? indices(count) : [0, 1, count - 1];
}

function places(shown: readonly number[], of: readonly number[]): number[] {
  return shown.map((index) => of[index] ?? index);
}

/** With a gap wherever something is left out between, or after, what is shown. */
function withGaps<T>(items: readonly T[], at: readonly number[], size: number, gap: T): T[] {
  const found = items.flatMap((item, index) => {
    const before = at[index - 1];
    return before !== undefined && at[index] !== before + 1 ? [gap, item] : [item];
  });
  return (at.at(-1) ?? 0) < size - 1 ? [...found, gap] : found;
}
