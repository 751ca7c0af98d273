/** What the cells of an answer had printed and shown by a step. */

import type { CellResponse, OutputRecord, RunResponse } from "../api/schema.ts";

/** What a cell had shown when the first `steps` steps were done; null if it had not begun. */
export function outputAfter({ outputs }: RunResponse, cell: number, steps: number): OutputRecord | null {
  return outputs.findLast((output) => output.cell === cell && output.steps <= steps) ?? null;
}

/** A cell as it was after a step (null: at the end); null if it had not begun. */
export function cellAt(response: RunResponse, index: number, step: number | null): CellResponse | null {
  const body = response.cells[index];
  if (body === undefined || step === null) return body ?? null;
  const shown = outputAfter(response, index, step + 1);
  if (shown === null) return null;
  if (shown.ended) return body;
  return {
    ...body,
    stdout: beginning(body.stdout, shown.stdout),
    stderr: beginning(body.stderr, shown.stderr),
    displays: body.displays.slice(0, shown.displays),
    result: null,
    error: null,
  };
}

/** What a program showed in some of its steps. */
export interface Addition {
  readonly stdout: string;
  readonly stderr: string;
  readonly displays: number;
  /** The cell that ended, and so showed its result, if it has one; null for none. */
  readonly ended: number | null;
}

/** What the steps from `first` to `last` added. */
export function added(response: RunResponse, first: number, last: number): Addition {
  const cells = response.cells.map((_, index) => [cellAt(response, index, first - 1), cellAt(response, index, last)]);
  const grown = (of: (body: CellResponse) => string): string =>
    cells.map(([before, after]) => (after ? of(after).slice(before ? of(before).length : 0) : "")).join("");
  const count = (which: 0 | 1): number => cells.reduce((sum, bodies) => sum + (bodies[which]?.displays.length ?? 0), 0);
  const ended = response.outputs.find((output) => output.ended && output.steps > first && output.steps <= last + 1);
  return {
    stdout: grown(({ stdout }) => stdout),
    stderr: grown(({ stderr }) => stderr),
    displays: count(1) - count(0),
    ended: ended?.cell ?? null,
  };
}

/** The first characters of a text, counted as Python counts them. */
function beginning(text: string, count: number): string {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text).slice(0, count).join("") : text.slice(0, count);
}
