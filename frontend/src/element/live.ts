/** The frame in which a pad is live. */

import { fit, type News, newsOf, type Order, tell } from "./messages.ts";

/** How long a frame may be silent: from when it is asked for, and from when it has loaded (an error of the network, too, loads). */
const PATIENCE_MS = 30_000;
const LOADED_PATIENCE_MS = 5_000;

/**
 * The frame is in a sandbox, so that it is the same in every host, and nothing that a program prints or draws can reach the
 * page around it, this browser's storage, or the service's own. Links in it may open new pages; it may do nothing else.
 */
const SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox";

interface Listener {
  /** The frame has said something. */
  readonly heard: (news: News) => void;
  /** The frame has been silent for too long. */
  readonly silent: () => void;
}

export class Live {
  readonly frame: HTMLIFrameElement = document.createElement("iframe");
  readonly #listener: Listener;
  #fixed = false;
  #height: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `title` is what the frame is called by those who do not see it. */
  constructor(address: string, title: string, listener: Listener) {
    this.#listener = listener;
    this.frame.title = title;
    this.frame.allow = "";
    this.frame.referrerPolicy = "no-referrer";
    this.frame.setAttribute("sandbox", SANDBOX);
    this.frame.addEventListener("load", () => {
      if (this.#timer !== undefined) this.#wait(LOADED_PATIENCE_MS);
    });
    this.frame.src = address;
    window.addEventListener("message", this.#hear);
    this.#wait(PATIENCE_MS);
  }

  tell(order: Order): void {
    tell(this.frame, order);
  }

  /** Give the frame the height of its content, or with `fixed` leave it to the page author's. */
  resize(fixed: boolean): void {
    this.#fixed = fixed;
    if (fixed) this.frame.style.removeProperty("height");
    else if (this.#height !== null) fit(this.frame, this.#height);
  }

  close(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    window.removeEventListener("message", this.#hear);
    this.frame.remove();
  }

  #wait(patience: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#listener.silent();
    }, patience);
  }

  readonly #hear = (event: MessageEvent<unknown>): void => {
    if (event.source === null || event.source !== this.frame.contentWindow) return;
    const news = newsOf(event.data);
    if (news === null) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (news.type === "height") {
      this.#height = news.height;
      this.resize(this.#fixed);
    }
    this.#listener.heard(news);
  };
}
