/** One graph of a program, drawn as a person wants it folded. */

import { FaultError, faultOf } from "./faults.ts";
import type { GraphBody, GraphRequest } from "./schema.ts";

/** The graph that is asked for. Throws FaultError where it is not answered. */
export async function drawn(request: GraphRequest, signal?: AbortSignal): Promise<GraphBody> {
  const response = await fetch("/api/v1/graph", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(request),
    signal: signal ?? null,
  }).catch(() => {
    throw new FaultError({ kind: "unreachable" });
  });
  if (response.ok) return (await response.json()) as GraphBody;
  const body: unknown = await response.json().catch(() => null);
  throw new FaultError(faultOf(response.status, response.headers.get("Retry-After"), body, Date.now()));
}
