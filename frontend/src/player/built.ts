/** KaTeX for the player: a script of its own, which only pages with formulas have. */

import type { Mathematics } from "../derivation/mathematics.ts";

declare global {
  var tensorpadMathematics: Mathematics | undefined;
}

/** KaTeX. Rejects where the page does without. */
export function built(): Promise<Mathematics> {
  const there = globalThis.tensorpadMathematics;
  return there === undefined ? Promise.reject(new Error("this page has no KaTeX")) : Promise.resolve(there);
}
