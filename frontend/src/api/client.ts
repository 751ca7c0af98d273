/** The service, as the page uses it. */

import { events } from "./stream.ts";
import { asProblem, FaultError, faultOf, faultOfProblem } from "./faults.ts";
import type {
  AboutBody,
  CellBody,
  CellEvent,
  NamesBody,
  OutputEvent,
  QueuedEvent,
  RunBody,
  RunResponse,
} from "./schema.ts";

/** What happens in a run, in order; `done` is the last. */
export type RunEvent =
  | { readonly kind: "queued"; readonly id: string; readonly ahead: number }
  | { readonly kind: "output"; readonly cell: number; readonly stream: "stdout" | "stderr"; readonly text: string }
  | { readonly kind: "cell"; readonly index: number; readonly cell: CellBody }
  | { readonly kind: "done"; readonly response: RunResponse };

/** Runs a program. Throws FaultError where it is not answered; aborting the signal ends the run on the server too. */
export async function* run(body: RunBody, signal: AbortSignal): AsyncGenerator<RunEvent> {
  try {
    yield* answered(await post("runs", "text/event-stream", body, signal));
  } catch (error) {
    if (error instanceof FaultError) throw error;
    if (signal.aborted) throw new FaultError({ kind: "cancelled" });
    // A body that breaks off and a connection that never stood are told apart by `answered`.
    throw new FaultError({ kind: "unreachable" });
  }
}

/** Sends a program to a route of the API; throws FaultError where the answer is a fault. */
export async function post(route: string, accept: string, body: object, signal: AbortSignal): Promise<Response> {
  const response = await fetch(`/api/v1/${route}`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: accept },
    body: JSON.stringify(body),
    signal,
  });
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => null);
  throw new FaultError(faultOf(response.status, response.headers.get("Retry-After"), problem, Date.now()));
}

async function* answered(response: Response): AsyncGenerator<RunEvent> {
  if (response.body === null) throw new FaultError({ kind: "cut" });
  const stream = events(response.body);
  for (;;) {
    const next = await stream.next().catch((error: unknown) => {
      if (error instanceof DOMException && error.name === "AbortError") throw error;
      throw new FaultError({ kind: "cut" });
    });
    if (next.done === true) throw new FaultError({ kind: "cut" });
    const event = read(next.value.event, next.value.data);
    if (event === null) continue;
    yield event;
    if (event.kind === "done") return;
  }
}

/** An event of ours; null for one that this version does not know. */
function read(name: string, data: string): RunEvent | null {
  const body = JSON.parse(data) as unknown;
  switch (name) {
    case "queued":
      return { kind: "queued", ...(body as QueuedEvent) };
    case "stdout": {
      const { cell, stream, text } = body as OutputEvent;
      return { kind: "output", cell, stream: stream === "stderr" ? "stderr" : "stdout", text };
    }
    case "cell": {
      const { index, ...cell } = body as CellEvent;
      return { kind: "cell", index, cell };
    }
    case "done":
      return { kind: "done", response: body as RunResponse };
    case "problem": {
      const problem = asProblem(body, (body as { status?: number }).status ?? 500);
      throw new FaultError(problem === null ? { kind: "broken", problem } : faultOfProblem(problem, null, Date.now()));
    }
    default:
      return null;
  }
}

/** What the service is; null where it cannot say now. */
export async function about(): Promise<Partial<AboutBody> | null> {
  try {
    const response = await fetch("/api/v1/about", { headers: { Accept: "application/json" } });
    return response.ok ? ((await response.json()) as Partial<AboutBody>) : null;
  } catch {
    return null;
  }
}

/** The names of a module or class of torch or NumPy; null where the service cannot say now. */
export async function namesOf(path: string): Promise<NamesBody | null> {
  try {
    const response = await fetch(`/api/v1/names/${encodeURIComponent(path)}`, {
      headers: { Accept: "application/json" },
    });
    if (response.status === 404) return { path, names: [] };
    return response.ok ? ((await response.json()) as NamesBody) : null;
  } catch {
    return null;
  }
}
