/** Events of one picture of a graph. */

import type { FoldChange } from "../run/redrawing.ts";

/** A node that a person points at, null for none any more. `pin`: by a click. */
export interface NodeDetail {
  readonly node: string | null;
  readonly pin: boolean;
}

declare global {
  interface HTMLElementEventMap {
    "tp-fold": CustomEvent<FoldChange>;
    "tp-node": CustomEvent<NodeDetail>;
  }
}
