/** KaTeX with its style: large, so that only `tp-math` imports it, and only when there is mathematics to show. */

import katex from "katex";
import style from "katex/dist/katex.min.css?inline";

/** KaTeX's rules, for each shadow root that shows mathematics. */
export const mathStyle = new CSSStyleSheet();
mathStyle.replaceSync(style);
// A font that a shadow root declares is not loaded: the document has to declare it.
document.adoptedStyleSheets.push(mathStyle);

/** Draw `latex` in `host`; false if KaTeX does not know it. */
export function drawMath(latex: string, host: HTMLElement): boolean {
  try {
    // Inline, for then it breaks into lines at its operators; but with the fractions of a formula of its own.
    katex.render(`\\displaystyle ${latex}`, host, {
      output: "html",
      strict: "ignore",
      trust: false,
      maxExpand: 1_000,
      maxSize: 20,
    });
    return true;
  } catch {
    return false;
  }
}
