/** The styles of pads. What a script sets, in a sheet or in a style, needs no leave from the page's policy. */

import text from "./tensor-pad.css?inline";

/** One sheet for all pads of a page. */
let shared: CSSStyleSheet | null = null;

export function styles(): CSSStyleSheet {
  if (shared === null) {
    shared = new CSSStyleSheet();
    shared.replaceSync(text);
  }
  return shared;
}

/** Give a pad its author's height, at least or for good; true if for good. */
export function size(root: HTMLElement, height: number | null, least: number | null): boolean {
  root.classList.toggle("fixed", height !== null);
  if (height === null) root.style.removeProperty("--pad-height");
  else root.style.setProperty("--pad-height", `${height}px`);
  root.style.minHeight = `${height ?? least ?? 0}px`;
  return height !== null;
}
