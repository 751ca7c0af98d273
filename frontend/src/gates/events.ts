/** Events of the gates of a run. */

import type { Gate } from "../api/schema.ts";

/** What a person answered to a gate. */
export interface GateAnswer {
  readonly gate: Gate;
  /** The source of the gate's cell. */
  readonly code: string;
  readonly key: string;
  readonly given: string;
  readonly right: boolean;
}

declare global {
  interface HTMLElementEventMap {
    /** An answer was sent. */
    "tp-answer": CustomEvent<string>;
    /** A gate is to be asked again, by its index. */
    "tp-ask-again": CustomEvent<number>;
    /** A gate was answered: for those who keep answers. */
    "tp-answered": CustomEvent<GateAnswer>;
    "tp-pass-over": CustomEvent<null>;
    "tp-go-on": CustomEvent<null>;
  }
}
