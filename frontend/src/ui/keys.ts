/**
 * Keys that work wherever on the page they are pressed. A page may have several programs that take them: the one with the focus
 * gets a key, else the one that was used last.
 */

import { parentOf } from "./reveal.ts";

const takers = new WeakSet<EventTarget>();
/** Where a person did something last. */
let used: Element | null = null;

/** An element takes keys of the page from now on, as long as it is in the page. */
export function takeKeys(taker: Element): void {
  takers.add(taker);
}

/** A person was led there: it counts as used. */
export function useKeys(taker: Element): void {
  used = taker;
}

/** Whether a key that was pressed is for the taker that an element is, or is in. As long as none was used, it is for any. */
export function isForKeys(element: Element, event: Event): boolean {
  const meant = among(event) ?? (used?.isConnected === true ? used : null);
  const own = takerOf(element);
  return meant === null || own === null || meant === own;
}

for (const kind of ["pointerdown", "focusin"])
  window.addEventListener(
    kind,
    (event) => {
      used = among(event) ?? used;
    },
    true,
  );

/** The taker that an element is, or is in, in whichever shadow root. */
function takerOf(element: Element): Element | null {
  for (let at: Element | null = element; at !== null; at = parentOf(at)) if (takers.has(at)) return at;
  return null;
}

/** The taker that an event happened in. */
function among(event: Event): Element | null {
  for (const target of event.composedPath()) if (target instanceof Element && takers.has(target)) return target;
  return null;
}
