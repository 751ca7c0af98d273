/** Programs stored by the service, for links that are short. */

import { asProblem, FaultError, faultOf } from "../api/faults.ts";
import type { SnippetBody, SnippetRequest } from "../api/schema.ts";
import { asState, type SharedState } from "./state.ts";

/** What became of an attempt. */
export type Found =
  | { readonly kind: "found"; readonly state: SharedState }
  /** The service says that there is none. */
  | { readonly kind: "missing" }
  /** The service did not say. */
  | { readonly kind: "unreachable" };

/** The id in the path of a page (`/s/{id}`); null where the page is no snippet's. */
export function snippetOf(path: string): string | null {
  return /^\/s\/([\w-]+)$/.exec(path)?.[1] ?? null;
}

/** The stored state of this id. */
export async function find(id: string): Promise<Found> {
  try {
    const response = await fetch(`/api/v1/snippets/${id}`, { headers: { Accept: "application/json" } });
    if (response.status === 404 || response.status === 501) return { kind: "missing" };
    const state = response.ok ? asState(await response.json()) : null;
    return state === null ? { kind: "unreachable" } : { kind: "found", state };
  } catch {
    return { kind: "unreachable" };
  }
}

/** Store a state. Throws FaultError. */
export async function keep(state: SharedState): Promise<SnippetBody> {
  const body: SnippetRequest = { ...state, cells: [...state.cells] };
  const response = await fetch("/api/v1/snippets", {
    method: "POST",
    headers: { "Content-Type": "application/json", Accept: "application/json" },
    body: JSON.stringify(body),
  }).catch(() => {
    throw new FaultError({ kind: "unreachable" });
  });
  if (response.ok) return (await response.json()) as SnippetBody;
  const problem: unknown = await response.json().catch(() => null);
  throw new FaultError(faultOf(response.status, response.headers.get("Retry-After"), problem, Date.now()));
}

/** Why storing failed, in the words of the service where it had any; null where it said nothing. */
export function reason(error: unknown): string | null {
  if (!(error instanceof FaultError) || !("problem" in error.fault)) return null;
  return asProblem(error.fault.problem, 500)?.detail ?? null;
}
