/** The piece of a cell that is lit. */

import type { Span } from "../api/schema.ts";
import type { Cell } from "../run/notebook.ts";
import type { Answer } from "../run/session.ts";

/** The span if it is in this cell. It belongs to the code that ran: if that has moved or changed, there is none. */
export function litIn(answer: Answer | null, cell: Cell, span: Span | null): Span | null {
  const ran = answer?.cells[span?.cell ?? -1];
  return ran?.key === cell.key && ran.code === cell.code ? span : null;
}
