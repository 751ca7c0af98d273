/** Events of the cells and elements of tensors. */

import type { GridCell } from "./cursor.ts";
import type { ElementOf } from "./origins.ts";

declare global {
  interface HTMLElementEventMap {
    "tp-cell": CustomEvent<GridCell>;
    "tp-cursor": CustomEvent<GridCell | null>;
    "tp-element": CustomEvent<readonly number[]>;
    "tp-leading": CustomEvent<readonly number[]>;
    "tp-lens": CustomEvent<ElementOf>;
    "tp-lens-end": CustomEvent<null>;
  }
}
