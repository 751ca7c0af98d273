/** What a statement is about that does nothing to tensors: its source, and the tensors that it names. */

import type { Span } from "../api/schema.ts";
import { exactRangeOf } from "../ui/text/spans.ts";
import type { Timeline } from "../timeline/timeline.ts";

/** A name, and not one that follows a point: an attribute is no name of a variable. */
const NAME = /(?<![\w.])[\p{L}_][\p{L}\p{N}_]*/gu;
const MOST = 6;

/** The first line of the code at a span. */
export function firstLine(cells: readonly string[], span: Span | null): string {
  const cell = cells[span?.cell ?? -1];
  const range = span === null || cell === undefined ? null : exactRangeOf(cell, span);
  return range === null ? "" : (cell?.slice(range.from, range.to).split("\n", 1)[0] ?? "");
}

/** The tensors and arrays that a line of code names, as they are named after a step, in order. */
export function namedIn(code: string, timeline: Timeline, index: number): string[] {
  const ids = new Map<string, string>();
  for (const { names } of timeline.frames(index))
    for (const { name, value } of names) if (value !== null) ids.set(name, value);
  const found = [...code.matchAll(NAME)].flatMap(([name]) => ids.get(name) ?? []);
  return [...new Set(found)].slice(0, MOST);
}
