/** Places in source: Python counts lines from 1 and columns in characters, the editor counts UTF-16 units from 0. */

/** A piece of one cell's source, as the API gives it; the end is exclusive. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** The editor's range of a place, which may be empty; null where the place is not in this text. */
export function exactRangeOf(text: string, place: Place): Range | null {
  const lines = text.split("\n");
  const from = offset(lines, place.line, place.column);
  const to = offset(lines, place.end_line, place.end_column);
  return from === null || to === null || to < from ? null : { from, to };
}

/** The same to be marked: an empty place widens to one character, and is null where there is none. */
export function rangeOf(text: string, place: Place): Range | null {
  const exact = exactRangeOf(text, place);
  if (exact === null || exact.to > exact.from) return exact;
  const { from } = exact;
  return from < text.length ? { from, to: from + 1 } : from > 0 ? { from: from - 1, to: from } : null;
}

function offset(lines: readonly string[], line: number, column: number): number | null {
  const text = lines[line - 1];
  if (text === undefined) return null;
  const before = lines.slice(0, line - 1).reduce((sum, earlier) => sum + earlier.length + 1, 0);
  return before + units(text, column);
}

/** UTF-16 units of the first `characters` characters of a line. */
function units(line: string, characters: number): number {
  let length = 0;
  let left = characters;
  for (const character of line) {
    if (left <= 0) break;
    length += character.length;
    left -= 1;
  }
  return length;
}
