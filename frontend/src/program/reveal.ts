/** Bringing the source that is lit into view. */

import { reveal } from "../ui/reveal.ts";

/** The program is beside the results. In one column, scrolling to it would take a person away from what they read. */
const BESIDE = matchMedia("(min-width: 1000px)");

/** Scroll as little as it takes to show what is lit in one of the cells, once their editors have marked it. */
export function revealSource(cells: Iterable<Element>): void {
  if (!BESIDE.matches) return;
  const all = [...cells];
  requestAnimationFrame(() => {
    for (const cell of all) {
      const editor = cell.shadowRoot?.querySelector("tp-editor");
      const lit = editor?.shadowRoot?.querySelector(".tp-lit");
      if (lit === null || lit === undefined) continue;
      reveal(lit);
      return;
    }
  });
}
