/** Where a person is on the page. */

import { isView, type ViewName, VIEWS } from "./views.ts";

export interface Viewpoint {
  readonly view: ViewName;
  /** The place of the step in the answer; null: the end. */
  readonly step: number | null;
  /** The graph that is shown, by its id; null where there is none. */
  readonly graph: string | null;
}

/** A place as a link holds it: without what is as at the start. A view that this page does not have counts as left out. */
export interface WrittenViewpoint {
  readonly view?: string;
  readonly step?: number;
  readonly graph?: string;
}

/** Where a person is at first. */
export const START: Viewpoint = { view: VIEWS[0], step: null, graph: null };

export function written({ view, step, graph }: Viewpoint): WrittenViewpoint {
  return {
    ...(view === START.view ? {} : { view }),
    ...(step === null ? {} : { step }),
    ...(graph === null ? {} : { graph }),
  };
}

/** The place that was written. */
export function viewpointOf({ view, step, graph }: WrittenViewpoint): Viewpoint {
  return {
    view: view !== undefined && isView(view) ? view : START.view,
    step: step ?? START.step,
    graph: graph ?? START.graph,
  };
}
