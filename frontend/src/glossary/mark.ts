/** Marks the terms in a text that is already HTML. */

import type { Finder } from "./finder.ts";
import { termElement } from "./tp-term.ts";

/** What is said in these is no prose, or leads elsewhere already. */
const LEFT_ALONE = "code, pre, a, h1, h2, h3, h4, button, tp-math, .math, tp-term";

/** Put each term, where it stands first, into an element that explains it. */
export function markTerms(root: ParentNode & Node, finder: Finder): void {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  while (walker.nextNode()) if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
  const seen = new Set<string>();
  for (const text of texts) {
    if (text.parentElement?.closest(LEFT_ALONE) != null) continue;
    const pieces = finder.pieces(text.data, seen);
    if (pieces.every(({ term }) => term === null)) continue;
    text.replaceWith(...pieces.map(({ text: piece, term }) => (term === null ? piece : termElement(term, piece))));
  }
}
