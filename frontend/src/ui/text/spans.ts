/** Spans of source. Python counts lines from 1 and columns in characters; the editor counts UTF-16 units from 0. */

/** A span in the source of one cell, as in the API. The end is exclusive. */
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

/** A text in which many spans are looked up. It is split into lines once. */
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

  /** The editor's range of a span, which may be empty; null if the span is not in this text. */
  exact(span: SourceSpan): Range | null {
    const from = this.#offset(span.line, span.column);
    const to = this.#offset(span.end_line, span.end_column);
    return from === null || to === null || to < from ? null : { from, to };
  }

  /** The range to mark for a span: an empty one is widened to one character, or null in an empty text. */
  range(span: SourceSpan): Range | null {
    const exact = this.exact(span);
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

/** `Source.exact` for one span. */
export function exactRangeOf(text: string, span: SourceSpan): Range | null {
  return new Source(text).exact(span);
}

/** `Source.range` for one span. */
export function rangeOf(text: string, span: SourceSpan): Range | null {
  return new Source(text).range(span);
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
