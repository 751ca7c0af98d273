/** What a cell shows under its code, derived from the session. */

import type { CellResponse, Display } from "../api/schema.ts";
import type { Cell } from "./notebook.ts";
import { cellAt } from "./outputs.ts";
import { latest, type Session } from "./session.ts";

export type CellView =
  /** Never run. */
  | { readonly kind: "empty" }
  /** In a run, or at a step, that has not come to it; `before` is the result of the run before. */
  | { readonly kind: "waiting"; readonly before: CellResponse | null }
  /** Being run. */
  | {
      readonly kind: "running";
      readonly stdout: string;
      readonly stderr: string;
      readonly displays: readonly Display[];
      readonly before: CellResponse | null;
    }
  /** Run. `edited`: its code is no longer what was run. */
  | { readonly kind: "ended"; readonly body: CellResponse; readonly edited: boolean };

/** The view of one cell, after a step of the answer (null: at the end). */
export function viewOf(session: Session, cell: Cell, step: number | null = null): CellView {
  const answer = latest(session);
  const ranAt = answer?.cells.findIndex((ran) => ran.key === cell.key) ?? -1;
  const before = answer?.response.cells[ranAt] ?? null;
  const edited = answer?.cells[ranAt]?.code !== cell.code;
  if (session.kind !== "running" && answer !== null && before !== null) {
    const body = cellAt(answer.response, ranAt, step);
    return body === null ? { kind: "waiting", before: null } : { kind: "ended", body, edited };
  }
  if (session.kind !== "running") return { kind: "empty" };
  const index = session.cells.findIndex((ran) => ran.key === cell.key);
  const live = session.live[index];
  if (live === undefined) return before === null ? { kind: "empty" } : { kind: "ended", body: before, edited };
  if (live.ended !== null) return { kind: "ended", body: live.ended, edited: session.cells[index]?.code !== cell.code };
  if (session.phase.kind !== "executing" || session.phase.cell < index) return { kind: "waiting", before };
  const { stdout, stderr, displays } = live;
  return { kind: "running", stdout, stderr, displays, before };
}
