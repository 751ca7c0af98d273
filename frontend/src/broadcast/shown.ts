/** The values of a tensor at a step, as the cells of a picture show them. */

import type { Timeline, Version } from "../timeline/timeline.ts";
import { elementAt } from "../numbers/elements.ts";
import { flat } from "../numbers/grid.ts";
import { type Element, isIntegral, texts } from "../numbers/text.ts";
import { scaleOf, tintStyle } from "../numbers/scale.ts";

export interface Shown {
  /** The text of an element, and the style of its colour. */
  cell(index: readonly number[]): { readonly text: string; readonly tint: string };
  /** ` = 2.`, or empty if the element is not known. */
  equals(index: readonly number[]): string;
}

/** Shown for an element that is not known. */
const UNKNOWN = "·";

/** Of a tensor of which nothing is known. */
export const NOTHING: Shown = { cell: () => ({ text: UNKNOWN, tint: "" }), equals: () => "" };

/** The values that a tensor had before a step changed it, or after. */
export function shownValues(
  timeline: Timeline,
  id: string,
  shape: readonly number[],
  step: number | null,
  when: "before" | "after",
): Shown {
  const version = versionAt(timeline, id, step, when);
  const values = version?.values ?? null;
  const integral = isIntegral(version?.member.layout.dtype ?? "");
  const all = values?.kind === "full" ? flat(values.data, shape) : [];
  const scale = scaleOf(all);
  const written = texts(all, integral);
  const text = (index: readonly number[], element: Element): string =>
    written[index.reduce((at, one, dimension) => at * (shape[dimension] ?? 1) + one, 0)] ??
    texts([element], integral)[0] ??
    UNKNOWN;
  const element = (index: readonly number[]): Element | null =>
    values === null ? null : elementAt(values, shape, index);
  return {
    cell(index) {
      const found = element(index);
      if (found === null) return { text: UNKNOWN, tint: "" };
      return { text: text(index, found), tint: tintStyle(found, scale) };
    },
    equals(index) {
      const found = element(index);
      return found === null ? "" : ` = ${text(index, found)}`;
    },
  };
}

function versionAt(timeline: Timeline, id: string, step: number | null, when: "before" | "after"): Version | null {
  const version = timeline.version(id, step);
  if (version === null || when === "after" || !timeline.changed(step).has(id)) return version;
  return timeline.before(id, version) ?? version;
}
