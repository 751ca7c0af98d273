/** KaTeX with its style: large, so that only `tp-math` imports it, and only when there is mathematics to show. */

import katex from "katex";
import style from "katex/dist/katex.min.css?inline";

/** KaTeX's rules, for each shadow root that holds mathematics. */
export const mathStyle = new CSSStyleSheet();
mathStyle.replaceSync(style);
// Fonts are known to a whole document, and only where the document itself declares them.
document.adoptedStyleSheets.push(mathStyle);

/** Draw `latex` in `place`; false where it is not LaTeX that KaTeX knows. */
export function drawMath(latex: string, place: HTMLElement): boolean {
  try {
    // Inline, for then it breaks into lines at its operators; but with the fractions of a formula of its own.
    katex.render(`\\displaystyle ${latex}`, place, {
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
