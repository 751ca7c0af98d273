/** Events within the program: of its cells, their editors and their fixes. */

import type { Fix } from "../api/schema.ts";
import type { Notebook } from "../run/notebook.ts";

/** What a person does with a cell. */
export type CellAction = "add" | "delete" | "up" | "down" | "run";

declare global {
  interface HTMLElementEventMap {
    "tp-cell-action": CustomEvent<CellAction>;
    "tp-cells": CustomEvent<Notebook>;
    "tp-dismiss": CustomEvent<null>;
    "tp-edit": CustomEvent<string>;
    "tp-fix": CustomEvent<Fix>;
    "tp-restore": CustomEvent<null>;
    "tp-run-on": CustomEvent<null>;
  }
}
