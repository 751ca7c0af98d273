/** The event of a program that the service has stored. */

import type { SharedState } from "./state.ts";

/** A stored program: its id, and what it was. */
export interface Stored {
  readonly id: string;
  readonly state: SharedState;
}

declare global {
  interface HTMLElementEventMap {
    "tp-stored": CustomEvent<Stored>;
  }
}
