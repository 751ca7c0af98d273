/** How the elements of a storage are laid out in lines that fit. */

/** Elements from the first to past the last. */
export interface StripLine {
  readonly from: number;
  readonly to: number;
}

/** So many lines show a storage whole; a longer one shows a part of it, which can be moved. */
const MOST_LINES = 3;

/**
 * The lines that show all `count` elements, at most `fit` in each; null if they would be too many.
 *
 * If possible a line is one or more whole rows of the tensor (`row` elements), so that its columns are aligned.
 */
export function linesOf(count: number, fit: number, row: number): StripLine[] | null {
  if (count <= fit) return [{ from: 0, to: count }];
  const rows = row > 0 && row <= fit ? Math.floor(fit / row) * row : 0;
  const length = rows > 0 && Math.ceil(count / rows) <= MOST_LINES ? rows : fit;
  const lines = Math.ceil(count / length);
  if (lines > MOST_LINES) return null;
  // Lines of about the same length, but whole rows.
  const step = rows > 0 && length === rows ? row : 1;
  const even = Math.ceil(Math.ceil(count / lines) / step) * step;
  return Array.from({ length: Math.ceil(count / even) }, (_, at) => ({
    from: at * even,
    to: Math.min(count, (at + 1) * even),
  }));
}

/** The first element of a part of `fit` elements that shows `wanted`, moved as little as possible from `now`. */
export function showing(now: number, wanted: number, fit: number, count: number): number {
  const last = Math.max(0, count - fit);
  if (wanted >= now && wanted < now + fit) return Math.min(now, last);
  return Math.min(last, Math.max(0, wanted - Math.floor(fit / 4)));
}
