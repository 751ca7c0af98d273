/** What belongs together: a tensor, its nodes and edges in the graphs, and the source that made it. */

import type { DrawnGraph, Fold, Node, RunResponse, Span, Step } from "../api/schema.ts";
import type { FunctionStep } from "./passes.ts";
import { graphDuring, leftOut } from "./rounds.ts";
import { timelineOf } from "./timeline.ts";

/** What a person points at. */
export type Target =
  | { readonly kind: "tensor"; readonly tensor: string }
  | { readonly kind: "node"; readonly graph: string; readonly node: string };

/**
 * Everything to light up for a target, or for a step.
 *
 * Edges are those along which a gradient went at that step, by their graph's id and their own (`g1-e2`), and so are folded nodes that
 * something is inside of (`g1-k1`).
 */
export interface Lights {
  readonly tensors: ReadonlySet<string>;
  readonly nodes: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
  readonly span: Span | null;
}

const NONE: ReadonlySet<string> = new Set();
/** The nodes that nothing leads to. */
const INPUTS: ReadonlySet<string> = new Set(["leaf", "parameter", "constant"]);
export const DARK: Lights = { tensors: NONE, nodes: NONE, edges: NONE, span: null };

/** What a person points at, null for nothing any more. `pin`: by a click. */
export interface TargetDetail {
  readonly target: Target | null;
  readonly pin: boolean;
}

/** A tensor that is pointed at; null: no longer. */
export function tensorTarget(tensor: string | null): Target | null {
  return tensor === null ? null : { kind: "tensor", tensor };
}

/** What a target lights up in this answer. */
export function lights(response: RunResponse | null, target: Target | null): Lights {
  if (response === null || target === null) return DARK;
  if (target.kind === "tensor") return ofTensor(response, target.tensor);
  const node = response.graphs.find((graph) => graph.id === target.graph)?.nodes.find(({ id }) => id === target.node);
  if (node === undefined) return DARK;
  const own = markOf(target.graph, node);
  if (node.tensor === null) return { ...DARK, nodes: new Set([own]), span: node.span };
  const tensor = ofTensor(response, node.tensor);
  return { ...tensor, nodes: new Set([...tensor.nodes, own]), span: node.span ?? tensor.span };
}

/** What a stop lights up: what it made or bound, and for a backward function its node and the edges that it sent along. */
export function lightsAt(response: RunResponse | null, index: number | null): Lights {
  if (response === null) return DARK;
  const timeline = timelineOf(response);
  const stop = timeline.stops[timeline.stopOf(index)];
  const step = timeline.at(stop?.step ?? null);
  if (stop === undefined || step === null) return DARK;
  if (index === null) return step.span === null ? DARK : { ...DARK, span: step.span };
  const ran = timeline.functions.get(stop.step);
  if (ran !== undefined) return ofFunction(response, ran);
  const steps = timeline.covered(index).map(([, covered]) => covered);
  const bound = steps.flatMap(({ bound: names }) => names.flatMap(({ value }) => (value === null ? [] : [value])));
  const tensors = new Set([...steps.flatMap(({ outputs }) => outputs), ...bound, ...timeline.changed(index)]);
  const nodes = marks(response, (node) => isOf(node, step, tensors));
  const folded = foldsOf(response, ({ operations }) => step.ref !== null && operations.includes(step.ref));
  return { tensors, nodes: new Set([...nodes, ...folded]), edges: NONE, span: step.span };
}

/** Whether a node belongs to a step: by the operation of its backward function, or by its tensor. */
function isOf(node: Node, step: Step, tensors: ReadonlySet<string>): boolean {
  return step.kind === "operation" && node.operation !== null
    ? node.operation === step.ref
    : node.tensor !== null && tensors.has(node.tensor);
}

function ofFunction(response: RunResponse, { pass, run }: FunctionStep): Lights {
  const tensor = run.accumulation?.tensor ?? run.tensor;
  const ran = (node: Node): boolean =>
    node.id === run.function || (run.accumulation !== null && node.tensor === tensor);
  const folded = foldsOf(response, ({ kind, members }, graph) => {
    if (kind !== "module" || !pass.graphs.includes(graph)) return false;
    return members.includes(run.function) || (tensor !== null && run.accumulation !== null && members.includes(tensor));
  });
  const lit = new Set([...marks(response, ran), ...folded]);
  const edges = response.graphs
    .filter((graph) => pass.graphs.includes(graph.id))
    .flatMap((graph) =>
      graph.edges.filter(({ target }) => isLit(lit, graph.id, target)).map((edge) => `${graph.id}-${edge.id}`),
    );
  const operation = response.steps.find(
    ({ kind, ref }) => kind === "operation" && ref !== null && ref === run.operation,
  );
  return {
    tensors: tensor === null ? NONE : new Set([tensor]),
    nodes: lit,
    edges: new Set(edges),
    span: operation?.span ?? nodesOf(response, ran).find((node) => node.span !== null)?.span ?? pass.span,
  };
}

function nodesOf(response: RunResponse, wanted: (node: Node) => boolean): Node[] {
  return response.graphs.flatMap((graph) => graph.nodes.filter(wanted));
}

/** Folded nodes, whose ids are those of one graph alone: `g1-k1`. */
function foldsOf(response: RunResponse, wanted: (fold: Fold, graph: string) => boolean): string[] {
  return response.graphs.flatMap((graph) =>
    graph.folded.filter((fold) => wanted(fold, graph.id)).map((fold) => `${graph.id}-${fold.id}`),
  );
}

/** What is lit for each of these nodes. */
function marks(response: RunResponse, wanted: (node: Node) => boolean): string[] {
  return response.graphs.flatMap((graph) => graph.nodes.filter(wanted).map((node) => markOf(graph.id, node)));
}

function markOf(graph: string, { id, kind }: Node): string {
  return kind === "folded" ? `${graph}-${id}` : id;
}

/** Whether a node of a graph is lit. */
function isLit(lit: ReadonlySet<string>, graph: string, node: string): boolean {
  return lit.has(node) || lit.has(`${graph}-${node}`);
}

/** The nodes of one graph that are lit, by the ids that they have there: the same set for the same. */
export function litIn(lit: ReadonlySet<string>, graph: string): ReadonlySet<string> {
  const known = OWN.get(lit) ?? new Map<string, ReadonlySet<string>>();
  OWN.set(lit, known);
  const own =
    known.get(graph) ??
    new Set(
      [...lit].flatMap((id) =>
        id.includes("-") ? (id.startsWith(`${graph}-`) ? id.slice(graph.length + 1) : []) : id,
      ),
    );
  known.set(graph, own);
  return own;
}

const OWN = new WeakMap<ReadonlySet<string>, Map<string, ReadonlySet<string>>>();

function ofTensor(response: RunResponse, tensor: string): Lights {
  const nodes = nodesOf(response, (node) => node.tensor === tensor);
  const folded = foldsOf(response, ({ kind, members }) => kind === "module" && members.includes(tensor));
  const step = response.steps.findLast(({ outputs }) => outputs.includes(tensor));
  return {
    tensors: new Set([tensor]),
    nodes: new Set([...marks(response, (node) => node.tensor === tensor), ...folded]),
    edges: NONE,
    span: nodes.find((node) => node.span !== null)?.span ?? step?.span ?? null,
  };
}

/** The graph to show for a tensor: the one that is shown if it has the tensor, else the first that has it. */
export function graphFor(response: RunResponse, tensor: string, shown: string | null): string | null {
  const having = response.graphs.filter((graph) => graph.nodes.some((node) => node.tensor === tensor));
  return (having.find((graph) => graph.id === shown) ?? having[0])?.id ?? shown;
}

/**
 * The graph to show at a step: the one that has the operations that the step lights up (the one that is shown, if it is one of
 * those). Parameters and data are in the graphs of all rounds of a loop, so for them it is the graph of the round.
 */
export function graphAt(response: RunResponse | null, index: number | null, shown: string | null): string | null {
  if (response === null || index === null) return shown;
  const timeline = timelineOf(response);
  const ran = timeline.functions.get(timeline.stops[timeline.stopOf(index)]?.step ?? -1);
  const { nodes } = lightsAt(response, index);
  const own = (graph: DrawnGraph): boolean =>
    ran === undefined
      ? graph.nodes.some(({ id, kind }) => isLit(nodes, graph.id, id) && !INPUTS.has(kind))
      : ran.pass.graphs.includes(graph.id) && graph.nodes.some(({ id }) => isLit(nodes, graph.id, id));
  const having = response.graphs.filter(own);
  const during = having.length > 0 ? null : graphDuring(timeline, index);
  const first = leftOut(timeline, index) ? (response.graphs[0]?.id ?? null) : null;
  return (having.find(({ id }) => id === shown) ?? having[0])?.id ?? during ?? first ?? shown;
}
