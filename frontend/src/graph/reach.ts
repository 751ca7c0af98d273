/** When each node of a graph was reached on the timeline: forward, and by the last backward pass through it. */

import type { DrawnGraph } from "../api/schema.ts";
import type { Timeline } from "../timeline/timeline.ts";

/** Indices of steps. `backward` is null if no pass brings the node a gradient: then there is none to wait for. */
export interface Reach {
  readonly forward: number;
  readonly backward: number | null;
}

/** What of a picture is still to come at a step. */
export interface Ahead {
  readonly nodes: ReadonlySet<string>;
  /** Nodes whose gradient has not come yet. */
  readonly gradients: ReadonlySet<string>;
  readonly edges: ReadonlySet<string>;
}

const NOTHING: Ahead = { nodes: new Set(), gradients: new Set(), edges: new Set() };

/** So many nodes of a folded one are looked up. */
const MOST_MEMBERS = 1000;

/** When each node was reached. A node that no step made (a folded one) is reached once all nodes that lead to it are. */
export function reachOf(timeline: Timeline, graph: DrawnGraph): ReadonlyMap<string, Reach> {
  const sources = sourcesOf(graph);
  const gradients = gradientSteps(timeline, graph);
  const members = new Map(graph.folded.map((fold) => [fold.id, fold.members.slice(0, MOST_MEMBERS)]));
  const found = new Map<string, Reach>();
  for (const { id, operation, tensor } of graph.nodes) {
    const own = timeline.madeAt(operation ?? "") ?? timeline.madeAt(tensor ?? "");
    // Nodes are in forward order: those that lead to this one come before it.
    const before = (sources.get(id) ?? []).flatMap((source) => found.get(source)?.forward ?? []);
    const received = [id, tensor ?? "", ...(members.get(id) ?? [])].flatMap((name) => gradients.get(name) ?? []);
    found.set(id, {
      forward: own ?? Math.max(-1, ...before),
      backward: received.length === 0 ? null : Math.max(...received),
    });
  }
  return found;
}

/** The sources of the edges to each node. */
function sourcesOf(graph: DrawnGraph): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { source, target } of graph.edges) found.set(target, [...(found.get(target) ?? []), source]);
  return found;
}

/** The steps at which the last pass through a graph ran each function and filled the gradient of each leaf. */
function gradientSteps(timeline: Timeline, graph: DrawnGraph): Map<string, number> {
  const found = new Map<string, number>();
  for (const [index, { pass, run }] of timeline.functions) {
    if (!pass.graphs.includes(graph.id)) continue;
    found.set(run.function, index);
    const leaf = run.accumulation?.tensor ?? null;
    if (leaf !== null) found.set(leaf, index);
  }
  return found;
}

/** What is still to come after a step: nothing at the end. */
export function aheadOf(graph: DrawnGraph, reach: ReadonlyMap<string, Reach>, index: number | null): Ahead {
  if (index === null) return NOTHING;
  const nodes = new Set<string>();
  const gradients = new Set<string>();
  for (const [id, { forward, backward }] of reach) {
    if (forward > index) nodes.add(id);
    if (backward !== null && backward > index) gradients.add(id);
  }
  const edges = new Set(graph.edges.filter(({ target }) => nodes.has(target)).map(({ id }) => id));
  return { nodes, gradients, edges };
}
