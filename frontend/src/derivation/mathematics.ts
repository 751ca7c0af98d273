/** Where KaTeX comes from: each page says so, for it is large, and a page without formulas does without. */

/** KaTeX, with its style. */
export interface Mathematics {
  /** KaTeX's rules, for each shadow root that shows mathematics. */
  readonly mathStyle: CSSStyleSheet;
  /** Draws LaTeX in `host`; false if KaTeX does not know it. */
  readonly drawMath: (latex: string, host: HTMLElement) => boolean;
}

let load: (() => Promise<Mathematics>) | null = null;

/** Have KaTeX loaded so, when the first formula is shown. */
export function mathematicsFrom(loader: () => Promise<Mathematics>): void {
  load = loader;
}

/** KaTeX. Rejects where there is none. */
export function mathematics(): Promise<Mathematics> {
  return load === null ? Promise.reject(new Error("this page has no KaTeX")) : load();
}
