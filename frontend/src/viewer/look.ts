/** A place in the results of a run that a text leads to. */

import type { Timeline } from "../timeline/timeline.ts";

export interface Look {
  /** The view; `broadcast` is in the details of a step. */
  readonly view: string;
  /** The number of a step as the page shows it, from 1; null where a line says it. */
  readonly step: number | null;
  /** A line of a cell, from 1: its last step is meant. `cell` is an index. */
  readonly line: { readonly cell: number; readonly line: number } | null;
  /** The name of a tensor. */
  readonly of: string | null;
}

/** The index of the step; null for the end. */
export function stepOf({ step, line }: Look, timeline: Timeline): number | null {
  if (step !== null) return timeline.stops[step - 1]?.last ?? null;
  if (line === null) return null;
  const at = timeline.response.steps.findLastIndex(
    ({ span }) => span?.cell === line.cell && span.line <= line.line && span.end_line >= line.line,
  );
  return at < 0 ? null : timeline.settled(at);
}
