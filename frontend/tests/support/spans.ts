import type { Span } from "../../src/api/schema.ts";

/** A piece of one line. */
export function span(cell: number, line: number, column: number, end: number): Span {
  return { cell, line, column, end_line: line, end_column: end };
}
