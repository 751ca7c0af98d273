/** Where a person is on the page: what a link carries of it. */

import type { ViewName } from "./names.ts";

export interface Place {
  readonly view: ViewName;
  /** The place of the step in the answer; null: the end. */
  readonly step: number | null;
  /** The graph that is shown, by its id; null where there is none. */
  readonly graph: string | null;
}
