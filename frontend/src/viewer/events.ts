/** Events of a view that stands by itself. */

import type { RunResponse } from "../api/schema.ts";
import type { Fault } from "../api/faults.ts";
import type { ViewerView } from "./views.ts";

/** What happened in a view: a run has ended, or has no answer, or another view, graph or step is shown. */
export type Viewed =
  | { readonly kind: "ran"; readonly response: RunResponse }
  | { readonly kind: "failed"; readonly fault: Fault }
  /** `of` is the variable whose graph is shown; null if there is none. */
  | { readonly kind: "look"; readonly view: ViewerView; readonly of: string | null }
  | {
      readonly kind: "step";
      /** The step, by its index; `count` at the end. */
      readonly step: number;
      readonly count: number;
      readonly line: number | null;
      readonly cell: number | null;
      readonly sentence: string;
    };

declare global {
  interface HTMLElementEventMap {
    /** Whether the person is asked about the results, or will be: the end of the run is kept from them. */
    "tp-veiled": CustomEvent<boolean>;
    "tp-viewed": CustomEvent<Viewed>;
  }
}
