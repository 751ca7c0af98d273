/** Walking about a graph with the arrow keys. */

import type { Box } from "./stage.ts";

/** An edge between nodes, in the forward direction. */
export interface DirectedEdge {
  readonly source: string;
  readonly target: string;
}

/**
 * The node to go to from one: down an edge to what uses it, up to what it came from, and to the side to the nearest at about the
 * same height. Null if there is none.
 */
export function stepFrom(
  node: string,
  key: string,
  boxes: ReadonlyMap<string, Box>,
  ways: readonly DirectedEdge[],
): string | null {
  switch (key) {
    case "ArrowDown":
      return nearest(
        node,
        boxes,
        ways.filter(({ source }) => source === node).map(({ target }) => target),
      );
    case "ArrowUp":
      return nearest(
        node,
        boxes,
        ways.filter(({ target }) => target === node).map(({ source }) => source),
      );
    case "ArrowLeft":
      return beside(node, boxes, -1);
    case "ArrowRight":
      return beside(node, boxes, 1);
    default:
      return null;
  }
}

function nearest(node: string, boxes: ReadonlyMap<string, Box>, among: readonly string[]): string | null {
  const from = boxes.get(node);
  let best: string | null = null;
  let least = Infinity;
  for (const name of among) {
    const box = boxes.get(name);
    if (from === undefined || box === undefined) continue;
    const distance = Math.abs(middle(box)[0] - middle(from)[0]) + Math.abs(middle(box)[1] - middle(from)[1]) / 100;
    if (distance < least) [best, least] = [name, distance];
  }
  return best;
}

function beside(node: string, boxes: ReadonlyMap<string, Box>, direction: number): string | null {
  const from = boxes.get(node);
  if (from === undefined) return null;
  let best: string | null = null;
  let least = Infinity;
  for (const [name, box] of boxes) {
    const across = (middle(box)[0] - middle(from)[0]) * direction;
    const level = box.y < from.y + from.height && from.y < box.y + box.height;
    if (name !== node && level && across > 0 && across < least) [best, least] = [name, across];
  }
  return best;
}

function middle({ x, y, width, height }: Box): readonly [number, number] {
  return [x + width / 2, y + height / 2];
}
