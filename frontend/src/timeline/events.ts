/** The events of what a person points at and looks at. */

import type { Values } from "../api/values.ts";
import type { TargetDetail } from "./lights.ts";

declare global {
  interface HTMLElementEventMap {
    /** That values which are missing are wanted all the same. */
    "tp-again": CustomEvent<null>;
    /** Values that are looked at, of those that the answer deferred. */
    "tp-look": CustomEvent<readonly Values[]>;
    "tp-target": CustomEvent<TargetDetail>;
  }
}
