/** Waits for what makes a pad live: that it is seen, or at once; a press of its button is the pad's own. */

import { loadingOf } from "./attributes.ts";

/** How far from what is seen a lazy pad starts, so that it is live when it is reached. */
const MARGIN = "200px 0px";

export class Sight {
  readonly #pad: Element;
  readonly #begin: () => void;
  readonly #seen: IntersectionObserver;

  constructor(pad: Element, begin: () => void) {
    this.#pad = pad;
    this.#begin = begin;
    this.#seen = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) begin();
      },
      { rootMargin: MARGIN },
    );
  }

  /** Wait as the pad's attribute `loading` says now. */
  wait(): void {
    this.stop();
    const loading = loadingOf(this.#pad);
    if (loading === "eager") this.#begin();
    else if (loading === "lazy") this.#seen.observe(this.#pad);
  }

  stop(): void {
    this.#seen.disconnect();
  }
}
