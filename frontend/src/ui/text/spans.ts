/** Places in source: Python counts lines from 1 and columns in characters, the editor counts UTF-16 units from 0. */

/** A piece of one cell's source, as the API gives it; the end is exclusive. */
export interface SourceSpan {
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/** A text in which many places are looked up: its lines are found once. */
export class Source {
  readonly #text: string;
  readonly #lines: readonly string[];
  readonly #starts: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#lines = text.split("\n");
    let start = 0;
    this.#starts = this.#lines.map((line) => {
      const here = start;
      start += line.length + 1;
      return here;
    });
  }

  /** The editor's range of a place, which may be empty; null where the place is not in this text. */
  exact(place: SourceSpan): Range | null {
    const from = this.#offset(place.line, place.column);
    const to = this.#offset(place.end_line, place.end_column);
    return from === null || to === null || to < from ? null : { from, to };
  }

  /** The same to be marked: an empty place widens to one character, and is null where there is none. */
  range(place: SourceSpan): Range | null {
    const exact = this.exact(place);
    if (exact === null || exact.to > exact.from) return exact;
    const { from } = exact;
    return from < this.#text.length ? { from, to: from + 1 } : from > 0 ? { from: from - 1, to: from } : null;
  }

  #offset(line: number, column: number): number | null {
    const text = this.#lines[line - 1];
    const start = this.#starts[line - 1];
    return text === undefined || start === undefined ? null : start + units(text, column);
  }
}

/** `Source.exact` for one place. */
export function exactRangeOf(text: string, place: SourceSpan): Range | null {
  return new Source(text).exact(place);
}

/** `Source.range` for one place. */
export function rangeOf(text: string, place: SourceSpan): Range | null {
  return new Source(text).range(place);
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
