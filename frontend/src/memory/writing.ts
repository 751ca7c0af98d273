/** How the elements of a strip are written, and how wide that is. */

import { type Element, texts } from "../numbers/text.ts";
import { type Scale, scaleOf } from "../numbers/scale.ts";
import type { StripLine } from "./lines.ts";
import type { StorageWindow } from "./storages.ts";
import type { Strip } from "./strip.ts";

/** Elements beyond these are not asked for their width. */
const MEASURED = 96;
/** In CSS pixels. */
const CELL = { least: 34, most: 104, padding: 12, character: 7.4, index: 6.2 };

/** How the elements of a storage are written, for all of its lines. */
export interface Writing {
  readonly text: (unit: number) => string | null;
  readonly was: (unit: number) => string | null;
  readonly scale: Scale;
}

/** The elements of these lines as texts in one format. */
export function writingOf(strip: Strip, lines: readonly StripLine[]): Writing {
  const units = lines.flatMap(({ from, to }) => {
    const found: number[] = [];
    for (let unit = Math.floor(from / strip.span) * strip.span; unit < to; unit += strip.span) found.push(unit);
    return found;
  });
  const now = units.map((unit) => strip.element(unit));
  const before = units.map((unit) => strip.was(unit));
  const known = [...now, ...before].filter((element) => element !== null);
  const written = texts(known, strip.integral);
  let next = 0;
  const take = (elements: readonly (Element | null)[]): Map<number, string> =>
    new Map(
      elements.flatMap((element, at): [number, string][] =>
        element === null ? [] : [[units[at] ?? 0, written[next++] ?? ""]],
      ),
    );
  const [text, was] = [take(now), take(before)];
  return {
    text: (unit) => text.get(unit) ?? null,
    was: (unit) => was.get(unit) ?? null,
    scale: scaleOf(known),
  };
}

/** The width that the longest element needs, a unit of it. */
export function cellWidth(strip: Strip, windows: readonly StorageWindow[]): number {
  const elements: Element[] = [];
  for (let unit = 0; unit < Math.min(strip.count, MEASURED * strip.span); unit += strip.span) {
    const element = strip.element(unit);
    if (element !== null) elements.push(element);
  }
  const longest = texts(elements, strip.integral).reduce((most, text) => Math.max(most, text.length), 1);
  const width = Math.min(CELL.most, Math.max(CELL.least, longest * CELL.character + CELL.padding));
  const indices = windows.map(({ member, layout }) => {
    const length = member.layout.shape.reduce((sum, size) => sum + String(Math.max(0, size - 1)).length + 1, 0);
    return ((length * CELL.index + CELL.padding) * strip.unit) / layout.itemsize;
  });
  return Math.min(CELL.most, Math.ceil(Math.max(width / strip.span, ...indices)));
}
