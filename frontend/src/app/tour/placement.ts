/** The position of a card beside what it is about, in CSS pixels of the window. */

interface Rectangle {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

interface Size {
  readonly width: number;
  readonly height: number;
}

const GAP = 14;
const EDGE = 12;

/** Where the card is, and what is ringed: what it is about, as far as that can be seen beside the card. */
export interface Placement {
  readonly left: number;
  readonly top: number;
  readonly ring: Rectangle;
}

/**
 * The place of a card of `size` about `anchor`, whole within `window`, and never over what is ringed.
 *
 * To the right if it fits, else to the left, below or above. If there is no room at all, it is at the lower edge, and the ring is
 * around the part of the anchor that is above it.
 */
export function placed(anchor: Rectangle, size: Size, window: Size): Placement {
  const right = anchor.left + anchor.width + GAP;
  const left = anchor.left - GAP - size.width;
  const below = anchor.top + anchor.height + GAP;
  const above = anchor.top - GAP - size.height;
  const middle = {
    left: within(anchor.left + (anchor.width - size.width) / 2, window.width - size.width),
    top: within(anchor.top + (anchor.height - size.height) / 2, window.height - size.height),
  };
  if (right + size.width + EDGE <= window.width) return { left: right, top: middle.top, ring: anchor };
  if (left >= EDGE) return { left, top: middle.top, ring: anchor };
  if (below >= EDGE && below + size.height + EDGE <= window.height)
    return { left: middle.left, top: below, ring: anchor };
  if (above >= EDGE && above + size.height + EDGE <= window.height)
    return { left: middle.left, top: above, ring: anchor };
  const top = window.height - size.height - EDGE;
  const from = Math.max(anchor.top, 0);
  const until = Math.min(anchor.top + anchor.height, top - GAP);
  return { left: middle.left, top, ring: { ...anchor, top: from, height: Math.max(until - from, 0) } };
}

function within(offset: number, room: number): number {
  return Math.round(Math.max(EDGE, Math.min(offset, room - EDGE)));
}
