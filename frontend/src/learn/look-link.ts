/** A link of a text to a place in the results of a program. */

import type { Place } from "./events.ts";

/** The place; null if the link leads nowhere here. */
export function placeOf({ dataset }: HTMLElement): Place | null {
  const cell = number(dataset["cell"]);
  if (cell === null) return null;
  const line = number(dataset["line"]);
  return {
    cell,
    look: {
      view: dataset["view"] ?? "steps",
      step: number(dataset["step"]),
      line: line === null ? null : { cell, line },
      of: dataset["of"] ?? null,
    },
  };
}

function number(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : null;
}
