/** A whole storage at a glance, however large: equal parts of it, and how much of each something takes up. */

import { LISTED } from "../numbers/grid.ts";
import { magnitude } from "../numbers/text.ts";
import { coverage } from "./layout.ts";
import type { Memory } from "./storages.ts";
import type { Strip } from "./strip.ts";

/** Parts with one level, from the first to past the last. Level 0 is left out. */
export interface LevelRun {
  readonly from: number;
  readonly to: number;
  readonly level: number;
}

export interface Overview {
  readonly parts: number;
  /** How large the elements are beside the largest, with the sign of the largest of each part, from -4 to 4. */
  readonly values: readonly LevelRun[];
  /** The parts that the step changed. */
  readonly changed: readonly LevelRun[];
  /** How much of each part each window takes up, from 1 to 4. */
  readonly windows: readonly (readonly LevelRun[])[];
}

const MOST_PARTS = 240;
const LEVELS = 4;

/** The overview of a storage. */
export function overviewOf(memory: Memory, strip: Strip): Overview {
  const elements = Math.ceil(strip.count / strip.span);
  const parts = Math.max(1, Math.min(MOST_PARTS, elements));
  // More are not read one by one.
  const known = elements <= LISTED;
  const sizes = known ? strongest(strip, elements, parts) : [];
  const largest = sizes.reduce((most, size) => Math.max(most, Math.abs(size)), 0);
  const changed = new Array<number>(parts).fill(0);
  if (known)
    for (let at = 0; at < elements; at++)
      if (strip.was(at * strip.span) !== null) changed[Math.floor((at * parts) / elements)] = 1;
  return {
    parts,
    values: runs(sizes.map((size) => (largest === 0 ? 0 : Math.round((LEVELS * size) / largest)))),
    changed: runs(changed),
    windows: memory.windows.map(({ layout }) =>
      // Whatever is touched at all shows.
      runs(
        coverage(layout, memory.storage.nbytes, parts).map((share) =>
          share < 1e-6 ? 0 : Math.ceil(LEVELS * share - 1e-6),
        ),
      ),
    ),
  };
}

function strongest(strip: Strip, elements: number, parts: number): number[] {
  const found = new Array<number>(parts).fill(0);
  for (let at = 0; at < elements; at++) {
    const part = Math.floor((at * parts) / elements);
    const element = strip.element(at * strip.span);
    const size = element === null ? 0 : (magnitude(element) ?? 0);
    if (Math.abs(size) > Math.abs(found[part] ?? 0)) found[part] = size;
  }
  return found;
}

/** Equal neighbours together. */
export function runs(levels: readonly number[]): LevelRun[] {
  const found: { from: number; to: number; level: number }[] = [];
  levels.forEach((level, at) => {
    const before = found.at(-1);
    if (before?.level === level && before.to === at) before.to = at + 1;
    else found.push({ from: at, to: at + 1, level });
  });
  return found.filter(({ level }) => level !== 0);
}
