/** The program of an embedded page, from wherever its address says that it is. */

import { decode } from "../share/fragment.ts";
import { find } from "../share/snippets.ts";
import type { SharedState } from "../share/state.ts";
import type { Place } from "./parameters.ts";

/** What became of looking for it. */
export type Found =
  | { readonly kind: "found"; readonly state: SharedState }
  /** The address names no program. */
  | { readonly kind: "nowhere" }
  /** The fragment cannot be read. */
  | { readonly kind: "unreadable" }
  /** No such program is stored. */
  | { readonly kind: "missing"; readonly id: string }
  /** The service did not say. */
  | { readonly kind: "unreachable" };

export async function programAt(place: Place): Promise<Found> {
  switch (place.kind) {
    case "nowhere":
      return place;
    case "cells":
      return { kind: "found", state: { cells: place.cells } };
    case "fragment": {
      const state = await decode(place.fragment);
      return state === null ? { kind: "unreadable" } : { kind: "found", state };
    }
    case "snippet": {
      const found = await find(place.id);
      return found.kind === "missing" ? { kind: "missing", id: place.id } : found;
    }
  }
}
