/** Events that move a person to another view, step or graph. */

import type { ViewName } from "./viewpoint.ts";

declare global {
  interface HTMLElementEventMap {
    "tp-graph-chosen": CustomEvent<string>;
    "tp-step": CustomEvent<number | null>;
    "tp-view": CustomEvent<ViewName>;
  }
}
