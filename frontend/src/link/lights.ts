/** What belongs together: a tensor, its nodes in the graphs, and the source that made it. */

import type { RunResponse, SpanBody } from "../api/schema.ts";

/** What a person points at. */
export type Target =
  | { readonly kind: "tensor"; readonly tensor: string }
  | { readonly kind: "node"; readonly graph: string; readonly node: string };

/** Everything to light up for a target. */
export interface Lights {
  readonly tensors: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
  readonly span: SpanBody | null;
}

export const DARK: Lights = { tensors: new Set(), nodes: new Set(), span: null };

/** The event that elements send when a person points at something: `pin` where by a click, null where no longer. */
export interface TargetDetail {
  readonly target: Target | null;
  readonly pin: boolean;
}

export function targetEvent(detail: TargetDetail): CustomEvent<TargetDetail> {
  return new CustomEvent("tp-target", { detail, bubbles: true, composed: true });
}

/** What a target lights up in this answer. */
export function lights(response: RunResponse | null, target: Target | null): Lights {
  if (response === null || target === null) return DARK;
  if (target.kind === "tensor") return ofTensor(response, target.tensor);
  const node = response.graphs
    .find((graph) => graph.id === target.graph)
    ?.nodes.find((found) => found.id === target.node);
  if (node === undefined) return DARK;
  if (node.tensor === null) return { tensors: new Set(), nodes: new Set([node.id]), span: node.span };
  const tensor = ofTensor(response, node.tensor);
  return { tensors: tensor.tensors, nodes: new Set([...tensor.nodes, node.id]), span: node.span ?? tensor.span };
}

function ofTensor(response: RunResponse, tensor: string): Lights {
  const nodes = response.graphs.flatMap((graph) => graph.nodes).filter((node) => node.tensor === tensor);
  const step = response.steps.findLast((found) => found.outputs.includes(tensor));
  return {
    tensors: new Set([tensor]),
    nodes: new Set(nodes.map((node) => node.id)),
    span: nodes.find((node) => node.span !== null)?.span ?? step?.span ?? null,
  };
}

/** The graph to show for a tensor: the one that is shown where it has the tensor, else the first that has it. */
export function graphFor(response: RunResponse, tensor: string, shown: string | null): string | null {
  const having = response.graphs.filter((graph) => graph.nodes.some((node) => node.tensor === tensor));
  return (having.find((graph) => graph.id === shown) ?? having[0])?.id ?? shown;
}
