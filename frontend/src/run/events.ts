/** Events that ask for a run or for the drawing of a graph. */

import type { Notebook } from "./notebook.ts";
import type { FoldChange } from "./redrawing.ts";

/** The graph that is shown, by its id. `again`: its drawing failed, and a person wants it tried once more. */
export interface DrawRequest {
  readonly graph: string;
  readonly again: boolean;
}

/** A graph that a person wants folded in another way. */
export interface FoldRequest {
  readonly graph: string;
  readonly change: FoldChange;
}

declare global {
  interface HTMLElementEventMap {
    "tp-cancel": CustomEvent<null>;
    "tp-draw": CustomEvent<DrawRequest>;
    "tp-live": CustomEvent<boolean>;
    "tp-redraw": CustomEvent<FoldRequest>;
    "tp-run": CustomEvent<null>;
    "tp-run-to": CustomEvent<Notebook>;
  }
}
