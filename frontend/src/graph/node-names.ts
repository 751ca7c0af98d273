/** What a screen reader calls the nodes of a graph: what each is, and what it holds at a step. */

import type { DrawnGraph, Node } from "../api/schema.ts";
import type { Strings } from "../i18n/index.ts";
import { shapeText } from "../numbers/grid.ts";
import { visible } from "../ui/text/visible.ts";
import { isLeaf, type NodeMoment } from "./moments.ts";
import type { CardText } from "./svg/writing.ts";

/** A graph at a step. `cards` are the texts on its cards, `ahead` the nodes that are still to come. */
export interface GraphMoment {
  readonly graph: DrawnGraph;
  readonly moments: ReadonlyMap<string, NodeMoment>;
  readonly cards: ReadonlyMap<string, CardText>;
  readonly ahead: ReadonlySet<string>;
}

/**
 * The names of the nodes, by their ids. A reader says nothing of what is drawn in a node, so that its name has the numbers of its card.
 */
export function nodeNames({ graph, moments, cards, ahead }: GraphMoment, t: Strings): ReadonlyMap<string, string> {
  return new Map(
    graph.nodes.map((node) => {
      const card = cards.get(node.id);
      const held = ahead.has(node.id) ? [t.notReached] : numbers(node, moments.get(node.id), card, t);
      return [node.id, [...identity(node, card?.title ?? null, t), ...held].join(", ")];
    }),
  );
}

/** What it is, whatever the step: only the names of its tensor change. */
function identity(node: Node, title: string | null, t: Strings): string[] {
  const parts = [t.nodeKinds[node.kind], title ?? visible(node.label), visible(node.function ?? "")];
  const own = node.label === node.function ? parts.slice(0, 2) : parts;
  const shape = node.shape === null ? [] : [shapeText(node.shape)];
  const count = node.kind === "folded" ? [t.nodesWithin(node.count)] : [];
  return [...own.filter((part) => part !== ""), ...shape, ...count];
}

/** The numbers of its card that have come. */
function numbers(node: Node, moment: NodeMoment | undefined, card: CardText | undefined, t: Strings): string[] {
  const gradient = node.grad_kept || isLeaf(node) ? t.nodeGradient : t.nodePassing;
  const known = (rows: readonly string[] | null | undefined, awaited: boolean): rows is readonly string[] =>
    rows !== null && rows !== undefined && !awaited;
  return [
    ...(known(card?.value, moment?.value?.kind === "awaited") ? [t.nodeValue(spoken(card.value))] : []),
    ...(known(card?.gradient, moment?.gradient?.kind === "awaited") ? [gradient(spoken(card.gradient))] : []),
  ];
}

function spoken(rows: readonly string[]): string {
  return rows.map((row) => row.trim().replace(/\s+/g, " ")).join("; ");
}
