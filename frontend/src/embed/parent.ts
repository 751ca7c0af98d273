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

/**
 * Tell the page around how high an element is, after each change of its layout, until `signal` aborts.
 *
 * NOTE. What is shown takes no height from the window's, so that a frame that follows does not change what it follows.
 */
export function tellHeight(element: Element, signal: AbortSignal): void {
  let told = 0;
  const observer = new ResizeObserver(() => {
    const height = Math.ceil(element.getBoundingClientRect().height);
    if (height === told || height === 0) return;
    told = height;
    tell({ type: "height", height });
  });
  observer.observe(element);
  signal.addEventListener("abort", () => {
    observer.disconnect();
  });
}
