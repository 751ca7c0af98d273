/** The views of what a run did. Each is loaded when it is first shown. */

import { html, type TemplateResult } from "lit";

import type { ViewName, Viewpoint } from "../navigation/viewpoint.ts";
import type { Progress, Refusal } from "../run/redrawing.ts";
import type { Lights } from "../timeline/lights.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { parts } from "../ui/parts.ts";

/** What the views show. */
export interface Shown {
  readonly timeline: Timeline | null;
  /** The sources that the timeline is of. */
  readonly cells: readonly string[];
  readonly viewpoint: Viewpoint;
  /** What lights up; `pinned` is that of it which is to be brought into view, `clicked` that which a person clicked. */
  readonly lit: Lights;
  readonly pinned: Lights;
  readonly clicked: Lights;
  /** The state of the drawing of the graph that is shown; null if it is drawn. */
  readonly progress: Progress | null;
  /** Why that graph was not folded as a person asked; null if it was. */
  readonly refusal: Refusal | null;
}

const LOADERS: Readonly<Record<ViewName, () => Promise<unknown>>> = {
  graph: () => import("../graph/tp-graphs.ts"),
  memory: () => import("../memory/tp-memory.ts"),
  derivation: () => import("../derivation/tp-derivation.ts"),
  values: () => import("../values/tp-variables.ts"),
};

/** Have a view loaded before it is shown. `ready` is called once it is there. */
export function load(name: ViewName, ready?: () => void): void {
  parts.load(LOADERS[name], ready);
}

/** One view. The cells before `from` only lead up to what is looked at. */
export function resultView(name: ViewName, shown: Shown, from = 0): TemplateResult {
  const { timeline, cells, viewpoint, lit, pinned, clicked, progress, refusal } = shown;
  const { step, graph } = viewpoint;
  load(name);
  switch (name) {
    case "graph":
      return html`<tp-graphs
        .timeline=${timeline}
        .step=${step}
        .shown=${graph}
        .progress=${progress}
        .refusal=${refusal}
        .lit=${lit.nodes}
        .pinned=${pinned.nodes}
      ></tp-graphs>`;
    case "memory":
      return html`<tp-memory
        .timeline=${timeline}
        .step=${step}
        .lit=${lit.tensors}
        .pinned=${clicked.tensors}
      ></tp-memory>`;
    case "derivation":
      return html`<tp-derivation
        .timeline=${timeline}
        .cells=${cells}
        .graph=${graph}
        .nodes=${lit.nodes}
        .tensors=${lit.tensors}
      ></tp-derivation>`;
    case "values":
      return html`<tp-variables
        .timeline=${timeline}
        .cells=${cells}
        .from=${from}
        .step=${step}
        .lit=${lit.tensors}
        .pinned=${pinned.tensors}
      ></tp-variables>`;
  }
}
