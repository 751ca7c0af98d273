/** What the page around a view learns of the step that the view shows. */

import type { Strings } from "../i18n/index.ts";
import { sentence } from "../steps/sentence.ts";
import type { Timeline } from "../timeline/timeline.ts";
import type { Viewed } from "./events.ts";

export function stepShown(
  timeline: Timeline | null,
  step: number | null,
  said: Strings["said"],
  cells: readonly string[],
): Viewed {
  const span = timeline?.at(step)?.span ?? null;
  const count = timeline?.length ?? 0;
  return {
    kind: "step",
    step: step ?? count,
    count,
    line: span?.line ?? null,
    cell: span?.cell ?? null,
    sentence: timeline === null ? "" : sentence(timeline, step, said, cells),
  };
}
