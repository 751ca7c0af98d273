/** Events of the glossary. */

import type { Term } from "../api/schema.ts";

/** A term that a person looks at, and the place where it stands. */
export interface Looked {
  readonly term: Term;
  readonly anchor: HTMLElement;
}

declare global {
  interface HTMLElementEventMap {
    /** Null: no longer. */
    "tp-term": CustomEvent<Looked | null>;
  }
}
