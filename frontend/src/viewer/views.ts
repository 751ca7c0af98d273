/** The views of a program by itself: those of its results, and the source with what each step did beside it. */

import { VIEWS, type ViewName } from "../navigation/viewpoint.ts";

/** In the order of their tabs. */
export const VIEWER_VIEWS = ["steps", "graph", "values", "memory", "derivation"] as const satisfies (
  ViewName | "steps"
)[];
export type ViewerView = (typeof VIEWER_VIEWS)[number];

/** What a person can be given to act with. */
export const CONTROLS = ["views", "steps", "run", "open"] as const;
export type Control = (typeof CONTROLS)[number];

export function isViewerView(name: string): name is ViewerView {
  return (VIEWER_VIEWS as readonly string[]).includes(name);
}

/** The view of the results that a view shows: steps are gone through beside the values. */
export function resultOf(view: ViewerView): ViewName {
  return view === "steps" ? "values" : (VIEWS.find((name) => name === view) ?? VIEWS[0]);
}
