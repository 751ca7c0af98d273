/** What of an answer a person looks at. */

/** In the order of their tabs. On a wide page the values are beside the others. */
export const VIEWS = ["graph", "memory", "derivation", "values"] as const;
export type ViewName = (typeof VIEWS)[number];

export function isView(name: string): name is ViewName {
  return (VIEWS as readonly string[]).includes(name);
}
export interface Viewpoint {
  readonly view: ViewName;
  /** A step of the answer, by its index; null for the end. */
  readonly step: number | null;
  /** The graph that is shown, by its id; null if there is none. */
  readonly graph: string | null;
}

/** A viewpoint as serialised in a link. Defaults are omitted, and a view that this page does not have counts as omitted. */
export interface WrittenViewpoint {
  readonly view?: string;
  readonly step?: number;
  readonly graph?: string;
}

/** The viewpoint at first. */
export const START: Viewpoint = { view: VIEWS[0], step: null, graph: null };

export function written({ view, step, graph }: Viewpoint): WrittenViewpoint {
  return {
    ...(view === START.view ? {} : { view }),
    ...(step === null ? {} : { step }),
    ...(graph === null ? {} : { graph }),
  };
}

/** The viewpoint of a link. */
export function viewpointOf({ view, step, graph }: WrittenViewpoint): Viewpoint {
  return {
    view: view !== undefined && isView(view) ? view : START.view,
    step: step ?? START.step,
    graph: graph ?? START.graph,
  };
}
