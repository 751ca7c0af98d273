/** Programs stored by the service, for links that are short. */

import { pathBelow } from "../address.ts";
import { FaultError } from "../api/faults.ts";
import { snippet, storeSnippet } from "../api/routes.ts";
import type { StoredSnippet } from "../api/schema.ts";
import { asState, type SharedState } from "./state.ts";

/** What became of an attempt. */
type Found =
  | { readonly kind: "found"; readonly state: SharedState }
  /** The service says that there is none. */
  | { readonly kind: "missing" }
  /** The service did not say. */
  | { readonly kind: "unreachable" };

/** The id in the path of a page (`s/{id}`); null if the page is no snippet's. */
export function snippetOf(path: string): string | null {
  return /^s\/([\w-]+)$/.exec(pathBelow(path))?.[1] ?? null;
}

/** The stored state of this id. */
export async function find(id: string): Promise<Found> {
  try {
    const state = asState(await snippet(id));
    return state === null ? { kind: "unreachable" } : { kind: "found", state };
  } catch (error) {
    // A service that stores nothing answers 501.
    const missing = error instanceof FaultError && (error.status === 404 || error.status === 501);
    return { kind: missing ? "missing" : "unreachable" };
  }
}

/** Store a state. Throws FaultError. */
export function keep(state: SharedState): Promise<StoredSnippet> {
  return storeSnippet({ ...state, cells: [...state.cells] });
}
