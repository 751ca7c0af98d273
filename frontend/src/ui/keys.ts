/**
 * Keys that mean something wherever on the page they are pressed, and of which a page may have several takers: of several programs
 * the one with the focus is meant, else the one that was used last.
 */

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

/** Whether a key that was pressed is for this taker. As long as none was used, it is for any. */
export function isForKeys(taker: Element, event: Event): boolean {
  const meant = among(event) ?? (used?.isConnected === true ? used : null);
  return meant === null || meant === taker;
}

for (const kind of ["pointerdown", "focusin"])
  window.addEventListener(
    kind,
    (event) => {
      used = among(event) ?? used;
    },
    true,
  );

/** The taker that an event happened in. */
function among(event: Event): Element | null {
  for (const target of event.composedPath()) if (target instanceof Element && takers.has(target)) return target;
  return null;
}
