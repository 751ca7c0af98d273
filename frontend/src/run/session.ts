/**
 * The life of a run as the page sees it: a closed union of states and one function from state and event to state.
 *
 * Every run has a ticket. An event that carries another ticket than the state's is of an older run, and changes nothing.
 */

import type { RunEvent } from "../api/runs.ts";
import type { Fault } from "../api/faults.ts";
import type { CellResponse, Display, RunResponse } from "../api/schema.ts";
import type { Notebook } from "./notebook.ts";

/** An answer, and the cells that it is about. */
export interface Answer {
  readonly cells: Notebook;
  readonly response: RunResponse;
  /** Whether the page ran the program again itself, for the service no longer had the run. */
  readonly again?: boolean;
}

/** What is known of a cell while its run goes on. */
interface LiveCell {
  readonly stdout: string;
  readonly stderr: string;
  readonly displays: readonly Display[];
  readonly ended: CellResponse | null;
}

/** How far a run has come. */
type Phase =
  | { readonly kind: "sent" }
  | { readonly kind: "queued"; readonly ahead: number }
  | { readonly kind: "executing"; readonly cell: number };

export type Session =
  | { readonly kind: "idle" }
  | {
      readonly kind: "running";
      readonly ticket: number;
      readonly startedAt: number;
      readonly cells: Notebook;
      readonly again: boolean;
      readonly phase: Phase;
      readonly live: readonly LiveCell[];
      readonly previous: Answer | null;
    }
  | { readonly kind: "done"; readonly answer: Answer }
  | { readonly kind: "failed"; readonly fault: Fault; readonly previous: Answer | null };

export type SessionEvent =
  | {
      readonly kind: "started";
      readonly ticket: number;
      readonly at: number;
      readonly cells: Notebook;
      readonly again?: boolean;
    }
  | { readonly kind: "heard"; readonly ticket: number; readonly event: RunEvent }
  | { readonly kind: "failed"; readonly ticket: number; readonly fault: Fault };

const SILENT: LiveCell = { stdout: "", stderr: "", displays: [], ended: null };

/** The state after `event`. */
export function next(session: Session, event: SessionEvent): Session {
  switch (event.kind) {
    case "started":
      return {
        kind: "running",
        ticket: event.ticket,
        startedAt: event.at,
        cells: event.cells,
        again: event.again === true,
        phase: { kind: "sent" },
        live: event.cells.map(() => SILENT),
        previous: latest(session),
      };
    case "heard":
      if (session.kind !== "running" || session.ticket !== event.ticket) return session;
      return heard(session, event.event);
    case "failed":
      if (session.kind !== "running" || session.ticket !== event.ticket) return session;
      return { kind: "failed", fault: event.fault, previous: session.previous };
  }
}

/** The last answer that is known, whatever happens now. */
export function latest(session: Session): Answer | null {
  switch (session.kind) {
    case "idle":
      return null;
    case "running":
    case "failed":
      return session.previous;
    case "done":
      return session.answer;
  }
}

function heard(session: Extract<Session, { kind: "running" }>, event: RunEvent): Session {
  switch (event.kind) {
    case "queued":
      return {
        ...session,
        phase: event.ahead > 0 ? { kind: "queued", ahead: event.ahead } : { kind: "executing", cell: 0 },
      };
    case "output":
      return {
        ...session,
        phase: { kind: "executing", cell: event.cell },
        live: changed(session.live, event.cell, (cell) => ({
          ...cell,
          [event.stream]: cell[event.stream] + event.text,
        })),
      };
    case "display":
      return {
        ...session,
        phase: { kind: "executing", cell: event.cell },
        live: changed(session.live, event.cell, (cell) => ({ ...cell, displays: [...cell.displays, event.display] })),
      };
    case "cell":
      return {
        ...session,
        phase: { kind: "executing", cell: Math.min(event.index + 1, session.cells.length - 1) },
        live: changed(session.live, event.index, (cell) => ({ ...cell, ended: event.cell })),
      };
    case "done":
      return { kind: "done", answer: { cells: session.cells, response: event.response, again: session.again } };
  }
}

function changed(live: readonly LiveCell[], index: number, change: (cell: LiveCell) => LiveCell): readonly LiveCell[] {
  return live.map((cell, i) => (i === index ? change(cell) : cell));
}
