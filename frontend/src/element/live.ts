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

/** How long the picture stays at most once the frame is there, while the program runs. */
const RUNNING_MS = 1_500;

/** What the frame is given when it has loaded. */
export type Cargo = Extract<Order, { readonly type: "recording" }>;

interface Listener {
  /** The frame has something to show. */
  readonly ready: () => void;
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
  #state: "silent" | "running" | "ran" | "ready" = "silent";
  #timer: ReturnType<typeof setTimeout> | undefined;

  readonly #runs: boolean;

  /** `title` is what the frame is called by those who do not see it; `runs` whether it runs the program by itself. */
  constructor(address: string, title: string, runs: boolean, listener: Listener, cargo: Cargo | null = null) {
    this.#listener = listener;
    this.#runs = runs;
    this.frame.title = title;
    this.frame.allow = "";
    this.frame.referrerPolicy = "no-referrer";
    this.frame.setAttribute("sandbox", SANDBOX);
    this.frame.addEventListener("load", () => {
      if (cargo !== null) this.tell(cargo);
      if (this.#state === "silent") this.#wait(LOADED_PATIENCE_MS, listener.silent);
    });
    this.frame.src = address;
    window.addEventListener("message", this.#hear);
    this.#wait(PATIENCE_MS, listener.silent);
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
    window.removeEventListener("message", this.#hear);
    this.frame.remove();
  }

  #wait(patience: number, then: () => void): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(then, patience);
  }

  /** What the frame says of its height after the run is the height of what there is to see. */
  #proceed({ type }: News): void {
    if (this.#state === "ready") return;
    if (type !== "height") this.#state = "ran";
    else if (this.#state === "ran" || !this.#runs) this.#show();
    else if (this.#state === "silent") {
      this.#state = "running";
      this.#wait(RUNNING_MS, () => {
        this.#show();
      });
    }
  }

  #show(): void {
    clearTimeout(this.#timer);
    this.#state = "ready";
    this.#listener.ready();
  }

  readonly #hear = (event: MessageEvent<unknown>): void => {
    if (event.source === null || event.source !== this.frame.contentWindow) return;
    const news = newsOf(event.data);
    if (news === null) return;
    if (news.type === "height") {
      this.#height = news.height;
      this.resize(this.#fixed);
    }
    this.#proceed(news);
    this.#listener.heard(news);
  };
}
