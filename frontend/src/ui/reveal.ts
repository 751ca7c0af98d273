/**
 * Bringing an element into view.
 *
 * NOTE. The browser's own `scrollIntoView` scrolls everything around the element, and so the page that frames ours, away from
 * what its reader reads. This scrolls the nearest box that scrolls, and nothing beyond it.
 */

/** Room that is left between the element and the edge of its box. */
const MARGIN = 8;

/** Scroll the box that an element is in, as little as it takes to show the element, below what sticks to the top of the box. */
export function reveal(element: Element): void {
  const box = scroller(element);
  if (box === null) return;
  const height = document.documentElement.clientHeight;
  const edges = box === document.scrollingElement ? { top: 0, bottom: height } : box.getBoundingClientRect();
  // A box may be partly outside the window itself.
  const outer = { top: Math.max(edges.top, 0), bottom: Math.min(edges.bottom, height) };
  const inner = element.getBoundingClientRect();
  const above = inner.top - outer.top - covered(element) - MARGIN;
  const below = inner.bottom - outer.bottom + MARGIN;
  // What is taller than its box is shown from its top.
  if (above < 0) box.scrollTop += above;
  else if (below > 0) box.scrollTop += Math.min(below, above);
}

/** The same once all is drawn: the parts of an element are drawn after it, and what they measure first comes a frame later. */
export function revealDrawn(element: () => Element, done?: () => void): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(() => {
      reveal(element());
      done?.();
    });
  });
}

/** The first element in what a host shows that is marked as what a person looks for, in whichever shadow root. */
export function sought(host: Element): Element | null {
  for (const root of [host.shadowRoot, host]) {
    for (const inner of root?.children ?? []) {
      const found = inner.hasAttribute("data-sought") ? inner : sought(inner);
      if (found !== null) return found;
    }
  }
  return null;
}

/** So much of the box is covered at its top. */
function covered(element: Element): number {
  return Number.parseFloat(getComputedStyle(element).getPropertyValue("--covered")) || 0;
}

/** The nearest ancestor that scrolls up and down, in whichever shadow root. */
function scroller(element: Element): Element | null {
  for (let at = parentOf(element); at !== null; at = parentOf(at)) {
    if (at === document.body || at === document.documentElement) break;
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(at).overflowY);
    if (scrolls && at.scrollHeight > at.clientHeight) return at;
  }
  return document.scrollingElement;
}

/** What an element is in, in whichever shadow root. */
export function parentOf(element: Element): Element | null {
  const root = element.getRootNode();
  return element.assignedSlot ?? element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
