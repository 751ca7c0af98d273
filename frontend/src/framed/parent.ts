/** The page around ours, of whatever origin. Nothing of it is touched: messages go both ways. */

import { type Message, type Wish, wishOf } from "./messages.ts";

/** Tell the page around something; nobody hears it where there is none. */
export function tell(message: Message): void {
  if (window.parent === window) return;
  window.parent.postMessage({ source: "tensorpad", ...message }, "*");
}

/** Hear what the page around wishes, until `signal` aborts. */
export function listen(heard: (wish: Wish) => void, signal: AbortSignal): void {
  const hear = (event: MessageEvent<unknown>): void => {
    // Any other window could write to us too; only the one that shows us may.
    const wish = event.source === window.parent ? wishOf(event.data) : null;
    if (wish !== null) heard(wish);
  };
  window.addEventListener("message", hear, { signal });
}

/** Milliseconds between two looks at the height while nobody sees the view. */
const LOOK_MS = 500;

/**
 * Tell the page around how high an element is, after each change of its layout, until `signal` aborts. Returns what tells it
 * once more.
 *
 * NOTE. What is shown takes no height from the window's, so that a frame that follows does not change what it follows. A browser
 * lays out no frame of another origin that is out of sight, and so observes no change in it: there the height is looked at
 * now and then, for a frame that grew only when a reader comes to it would push away what they read.
 */
export function tellHeight(element: Element, signal: AbortSignal): () => void {
  let told = 0;
  const look = (): void => {
    const height = Math.ceil(element.getBoundingClientRect().height);
    if (height === told || height === 0) return;
    told = height;
    tell({ type: "height", height });
  };
  const resized = new ResizeObserver(look);
  resized.observe(element);
  let timer: ReturnType<typeof setInterval> | undefined = setInterval(look, LOOK_MS);
  const seen = new IntersectionObserver((entries) => {
    clearInterval(timer);
    timer = entries.at(-1)?.isIntersecting === true ? undefined : setInterval(look, LOOK_MS);
  });
  seen.observe(element);
  signal.addEventListener("abort", () => {
    resized.disconnect();
    seen.disconnect();
    clearInterval(timer);
  });
  return () => {
    told = 0;
    look();
  };
}
