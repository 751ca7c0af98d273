/** The contract between elements: every event that one of them sends, by name, and what it carries. */

import type { FixBody } from "../api/schema.ts";
import type { TargetDetail } from "../graph/link/lights.ts";
import type { Notebook } from "../run/notebook.ts";
import type { Wish } from "../run/redrawing.ts";
import type { SharedState } from "../share/state.ts";
import type { Place } from "../values/cursor.ts";
import type { ElementOf } from "../values/origins.ts";
import type { ViewName } from "../app/views/names.ts";
import type { Pointed } from "../broadcast/tp-broadcast-grid.ts";
import type { CellAction } from "../program/tp-cell.ts";
import type { Choice } from "../app/tp-gallery.ts";
import type { NodeDetail } from "../graph/tp-graph.ts";
import type { LookDetail, RedrawDetail } from "../graph/tp-graphs.ts";
import type { Stored } from "../share/tp-share-link.ts";

declare global {
  interface HTMLElementEventMap {
    "tp-cancel": CustomEvent<null>;
    "tp-cell": CustomEvent<Place>;
    "tp-cell-action": CustomEvent<CellAction>;
    "tp-cells": CustomEvent<Notebook>;
    "tp-chosen": CustomEvent<Choice>;
    "tp-clear": CustomEvent<null>;
    "tp-closed": CustomEvent<null>;
    "tp-cursor": CustomEvent<Place | null>;
    "tp-dismiss": CustomEvent<null>;
    "tp-edit": CustomEvent<string>;
    "tp-element": CustomEvent<readonly number[]>;
    "tp-examples": CustomEvent<null>;
    "tp-fix": CustomEvent<FixBody>;
    "tp-fold": CustomEvent<Wish>;
    "tp-graph-chosen": CustomEvent<string>;
    "tp-leading": CustomEvent<readonly number[]>;
    "tp-lens": CustomEvent<ElementOf>;
    "tp-lens-end": CustomEvent<null>;
    "tp-live": CustomEvent<boolean>;
    "tp-look": CustomEvent<LookDetail>;
    "tp-node": CustomEvent<NodeDetail>;
    "tp-offer-closed": CustomEvent<null>;
    "tp-offer-taken": CustomEvent<null>;
    "tp-path": CustomEvent<readonly number[] | null>;
    "tp-pointed": CustomEvent<Pointed>;
    "tp-program": CustomEvent<SharedState>;
    "tp-redraw": CustomEvent<RedrawDetail>;
    "tp-restore": CustomEvent<null>;
    "tp-run": CustomEvent<null>;
    "tp-run-on": CustomEvent<null>;
    "tp-run-to": CustomEvent<Notebook>;
    "tp-share": CustomEvent<null>;
    "tp-step": CustomEvent<number | null>;
    "tp-stored": CustomEvent<Stored>;
    "tp-tab": CustomEvent<string>;
    "tp-target": CustomEvent<TargetDetail>;
    "tp-tour": CustomEvent<null>;
    "tp-tour-end": CustomEvent<null>;
    "tp-unit": CustomEvent<number | null>;
    "tp-view": CustomEvent<ViewName>;
  }
}

/** The name of an event that an element sends. */
export type EventName = keyof HTMLElementEventMap & `tp-${string}`;

/** The event of a name, for those who listen. */
export type Sent<Name extends EventName> = HTMLElementEventMap[Name];
