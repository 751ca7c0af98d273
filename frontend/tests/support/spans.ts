import type { SpanBody } from "../../src/api/schema.ts";

/** A piece of one line. */
export function span(cell: number, line: number, column: number, end: number): SpanBody {
  return { cell, line, column, end_line: line, end_column: end };
}
