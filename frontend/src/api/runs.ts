/** A run of a program, event by event. */

import { brokenOff, postStream } from "./client.ts";
import { as } from "./filled.ts";
import { asProblem, FaultError, faultOfProblem } from "./faults.ts";
import type {
  CellEvent,
  CellResponse,
  Display,
  DisplayEvent,
  OutputEvent,
  QueuedEvent,
  RunBody,
  RunResponse,
} from "./schema.ts";
import { events } from "./stream.ts";

/** What happens in a run, in order; `done` is the last. */
export type RunEvent =
  | { readonly kind: "queued"; readonly id: string; readonly ahead: number }
  | { readonly kind: "output"; readonly cell: number; readonly stream: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "display"; readonly cell: number; readonly display: Display }
  | { readonly kind: "cell"; readonly index: number; readonly cell: CellResponse }
  | { readonly kind: "done"; readonly response: RunResponse };

/** What the page asks for: all but the DOT of graphs, and values that are beyond a budget when they are looked at. */
const ASKED: Pick<RunBody, "include" | "defer_values"> = {
  include: [
    ...(["variables", "tensors", "values", "steps", "operations", "histories", "graphs", "svg"] as const),
    ...(["backwards", "series", "notices", "gates"] as const),
  ],
  defer_values: true,
};

/** Run a program. Throws FaultError if it is not answered. Aborting the signal ends the run on the server too. */
export async function* run(program: RunBody, signal: AbortSignal): AsyncGenerator<RunEvent> {
  const stream = events(await postStream("runs", "text/event-stream", { ...program, ...ASKED }, signal));
  for (;;) {
    const next = await stream.next().catch(() => {
      throw brokenOff(signal);
    });
    if (next.done === true) throw brokenOff(signal);
    const event = read(next.value.event, next.value.data);
    if (event === null) continue;
    yield event;
    if (event.kind === "done") return;
  }
}

/** The run event of a server-sent event; null if this version does not know it. Throws FaultError. */
function read(name: string, data: string): RunEvent | null {
  const body = parsed(data);
  switch (name) {
    case "queued":
      return { kind: "queued", ...(body as QueuedEvent) };
    case "stdout": {
      const { cell, stream, text } = body as OutputEvent;
      return { kind: "output", cell, stream: stream === "stderr" ? "stderr" : "stdout", text };
    }
    case "display": {
      const { cell, display } = body as DisplayEvent;
      return { kind: "display", cell, display: as("Display")(display) };
    }
    case "cell": {
      const { index, cell } = body as CellEvent;
      return { kind: "cell", index, cell: as("CellResponse")(cell) };
    }
    case "done":
      return { kind: "done", response: as("RunResponse")(body) };
    case "problem": {
      const problem = asProblem(body, (body as { status?: number }).status ?? 500);
      throw new FaultError(problem === null ? { kind: "broken", problem } : faultOfProblem(problem, null, Date.now()));
    }
    default:
      return null;
  }
}

function parsed(data: string): unknown {
  try {
    return JSON.parse(data) as unknown;
  } catch {
    throw brokenOff();
  }
}
