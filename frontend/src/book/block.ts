/** A program in a book: its listing, output and picture, and the recorded view that takes their place. */

import { fit, newsOf, tell } from "../element/messages.ts";
import { languageAt } from "../element/strings.ts";
import type { BookTheme } from "./theme.ts";

/** How far from what is seen a view is loaded, so that it is there when it is reached. */
const MARGIN = "200px 0px";

export class Block {
  readonly #element: HTMLElement;
  #frame: HTMLIFrameElement | null = null;
  #theme: BookTheme | null = null;

  constructor(element: HTMLElement) {
    this.#element = element;
    const { loading } = element.dataset;
    if (loading === "eager") this.#load();
    else if (loading === "click") this.#offer();
    else this.#await();
  }

  /** Show the view in these colours; null leaves its author's. */
  show(theme: BookTheme | null): void {
    this.#theme = theme;
    if (this.#frame !== null && theme !== null) tell(this.#frame, { type: "theme", theme });
  }

  #await(): void {
    const seen = new IntersectionObserver(
      (entries) => {
        if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
        seen.disconnect();
        this.#load();
      },
      { rootMargin: MARGIN },
    );
    seen.observe(this.#element);
  }

  #offer(): void {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tensorpad-show";
    button.textContent = languageAt(this.#element).strings.step;
    button.addEventListener("click", () => {
      const frame = this.#load();
      // The button goes, and the focus would go with it.
      frame.addEventListener("load", () => {
        button.remove();
        frame.focus({ preventScroll: true });
      });
    });
    this.#element.append(button);
  }

  /**
   * Load the view. The picture stays until the view has told its height, so that nothing jumps. The frame has no sandbox: in one
   * it could not load the player from the disk. Its page is the book's own, and its policy lets nothing but the player run.
   */
  #load(): HTMLIFrameElement {
    const { tensorpad = "", title = "", height } = this.#element.dataset;
    const frame = document.createElement("iframe");
    this.#frame = frame;
    frame.title = title;
    frame.src = tensorpad;
    if (height !== undefined) frame.style.height = `${height}px`;
    window.addEventListener("message", (event: MessageEvent<unknown>) => {
      if (event.source === null || event.source !== frame.contentWindow) return;
      const news = newsOf(event.data);
      if (news?.type !== "height") return;
      if (height === undefined) fit(frame, news.height);
      if (!this.#element.classList.contains("tensorpad-live")) this.#live();
    });
    this.#element.append(frame);
    return frame;
  }

  #live(): void {
    this.#element.classList.add("tensorpad-live");
    this.show(this.#theme);
  }
}
