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

/** KaTeX from the files beside the player's. Rejects where they cannot be had. */
export async function fetchedBuilt(): Promise<Mathematics> {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = "math.css";
  const script = document.createElement("script");
  script.src = "math.js";
  await new Promise((loaded, failed) => {
    script.addEventListener("load", loaded);
    script.addEventListener("error", failed);
    document.head.append(style, script);
  });
  return built();
}
