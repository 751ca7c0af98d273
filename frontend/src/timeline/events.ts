/** The event of what a person points at. */

import type { TargetDetail } from "./lights.ts";

declare global {
  interface HTMLElementEventMap {
    "tp-target": CustomEvent<TargetDetail>;
  }
}
