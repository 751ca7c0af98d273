/**
 * The elements of a storage in a row, as known from its windows.
 *
 * NOTE. A strip counts in units: the size of the smallest element that a window sees in the storage. Its own elements are those
 * of one dtype, that of the first window with the most elements; they take up `span` units each. An element has
 * the value that the most recently written window has for it.
 */

import { elementAt } from "../numbers/elements.ts";
import { type Element, isIntegral } from "../numbers/text.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { elementsAt, layoutOf, numel } from "./layout.ts";
import type { Memory, StorageWindow } from "./storages.ts";

export interface Strip {
  /** Bytes of a unit, and how many units there are. */
  readonly unit: number;
  readonly count: number;
  /** Units of an element of the strip's own dtype. */
  readonly span: number;
  readonly dtype: string;
  readonly integral: boolean;
  /** The element that begins at a unit; null if it is not known. */
  element(unit: number): Element | null;
  /** The element that was there before the step; null if the step did not change it. */
  was(unit: number): Element | null;
}

/** The strip of a storage. */
export function stripOf(timeline: Timeline, { storage, windows }: Memory): Strip {
  const unit = Math.min(...windows.map(({ layout }) => layout.itemsize));
  const main = windows.reduce((largest, window) => (numel(window.layout) > numel(largest.layout) ? window : largest));
  const dtype = shortDtype(main.member.layout.dtype);
  const own = windows.filter(({ member }) => shortDtype(member.layout.dtype) === dtype);
  const latest = own.toSorted((a, b) => since(b) - since(a));
  // A window that was written now has its value of before; one that is new does not.
  const changed = latest.filter(({ before }) => before?.member.layout.storage === storage.id);
  return {
    unit,
    count: Math.ceil(storage.nbytes / unit),
    span: main.layout.itemsize / unit,
    dtype,
    integral: isIntegral(dtype),
    element: (at) => first(latest, at * unit, ({ version }) => version),
    was(at) {
      const before = first(changed, at * unit, (window) => window.before ?? window.version);
      const now = first(changed, at * unit, ({ version }) => version);
      return before === null || String(before) === String(now) ? null : before;
    },
  };

  function since(window: StorageWindow): number {
    return window.member.history[window.version.index]?.step ?? timeline.length;
  }
}

export function shortDtype(dtype: string): string {
  return dtype.replace("torch.", "");
}

/** What the first of these windows that sees the element at a byte in a version of it says of it. */
function first(
  windows: readonly StorageWindow[],
  byte: number,
  versionOf: (window: StorageWindow) => StorageWindow["version"],
): Element | null {
  for (const window of windows) {
    const { member, values } = versionOf(window);
    const layout = member === window.member ? window.layout : layoutOf(member);
    const [index] = layout === null ? [] : elementsAt(layout, byte, 1);
    if (index === undefined) continue;
    const found = elementAt(
      values,
      member.layout.shape,
      index.map((i) => i ?? 0),
    );
    if (found !== null) return found;
  }
  return null;
}
