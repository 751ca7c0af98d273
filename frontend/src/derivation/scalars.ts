/** What can be derived, and which part of the page each step of a derivation lights up. */

import type { ChainStep, RunResponse } from "../api/schema.ts";
import type { Target } from "../timeline/lights.ts";

/** The names of all scalars of a program that something can be derived from, in the order in which they were made. */
export function scalarsOf({ tensors }: RunResponse): string[] {
  return tensors
    .filter(({ layout, roles }) => roles.at(-1)?.is_leaf === false && layout.shape.every((size) => size === 1))
    .flatMap(({ names }) => names.slice(0, 1));
}

/** What a step lights up: its node, if possible in the graph that is shown, or else its tensor. */
export function targetOf({ graphs }: RunResponse, step: ChainStep, shown: string | null = null): Target | null {
  const ids = [step.function, step.tensor];
  const having = graphs.filter(({ nodes }) => nodes.some(({ id }) => ids.includes(id)));
  const graph = having.find(({ id }) => id === shown) ?? having[0];
  const node = graph?.nodes.find(({ id }) => ids.includes(id));
  if (graph !== undefined && node !== undefined) return { kind: "node", graph: graph.id, node: node.id };
  return step.tensor === null ? null : { kind: "tensor", tensor: step.tensor };
}
