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

/**
 * The top left corner of a card of `size` about `anchor`, whole within `window`.
 *
 * To the right if it fits, else to the left, below or above; over the anchor's middle if there is no room at all.
 */
export function placed(anchor: Rectangle, size: Size, window: Size): { left: number; top: number } {
  const right = anchor.left + anchor.width + GAP;
  const left = anchor.left - GAP - size.width;
  const below = anchor.top + anchor.height + GAP;
  const above = anchor.top - GAP - size.height;
  const middle = {
    left: anchor.left + (anchor.width - size.width) / 2,
    top: anchor.top + (anchor.height - size.height) / 2,
  };
  const wanted =
    right + size.width + EDGE <= window.width
      ? { left: right, top: middle.top }
      : left >= EDGE
        ? { left, top: middle.top }
        : below + size.height + EDGE <= window.height
          ? { left: middle.left, top: below }
          : { left: middle.left, top: above >= EDGE ? above : middle.top };
  return {
    left: within(wanted.left, window.width - size.width),
    top: within(wanted.top, window.height - size.height),
  };
}

function within(offset: number, room: number): number {
  return Math.round(Math.max(EDGE, Math.min(offset, room - EDGE)));
}
