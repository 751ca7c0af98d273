/** `POST /api/v1/derivation`, as the page uses it. */

import { FaultError, faultOf } from "./faults.ts";
import type { DerivationRequest, DerivationResponse } from "./schema.ts";

/** Ask how a gradient of a program comes about. Throws FaultError where that is not answered. */
export async function derive(body: DerivationRequest, signal: AbortSignal): Promise<DerivationResponse> {
  const response = await fetch("/api/v1/derivation", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
    signal,
  }).catch(() => {
    throw new FaultError({ kind: signal.aborted ? "cancelled" : "unreachable" });
  });
  if (!response.ok) {
    const problem: unknown = await response.json().catch(() => null);
    throw new FaultError(faultOf(response.status, response.headers.get("Retry-After"), problem, Date.now()));
  }
  return response
    .json()
    .then((answer) => answer as DerivationResponse)
    .catch(() => {
      throw new FaultError({ kind: signal.aborted ? "cancelled" : "cut" });
    });
}
