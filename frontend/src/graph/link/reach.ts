/** When each node of a graph was reached on the timeline: forward, and by the last backward pass through it. */

import type { GraphBody } from "../../api/schema.ts";
import type { Timeline } from "../../timeline/timeline.ts";

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

/** When each node was reached. What is known of none (a folded node) is reached once all that leads to it is. */
export function reachOf(timeline: Timeline, graph: GraphBody): ReadonlyMap<string, Reach> {
  const sources = new Map<string, string[]>();
  for (const { source, target } of graph.edges) {
    const known = sources.get(target);
    if (known === undefined) sources.set(target, [source]);
    else known.push(source);
  }
  const backward = backwardPlaces(timeline, graph);
  const members = new Map(graph.folded.map(({ id, members: hidden }) => [id, hidden]));
  const found = new Map<string, Reach>();
  for (const { id, operation, tensor } of graph.nodes) {
    const before = (sources.get(id) ?? []).map((source) => found.get(source)?.forward ?? -1);
    const own = timeline.madeAt(operation ?? "") ?? timeline.madeAt(tensor ?? "");
    const within = (members.get(id) ?? []).map((member) => backward.get(member) ?? -1);
    const latest = Math.max(-1, backward.get(tensor ?? "") ?? -1, backward.get(id) ?? -1, ...within.slice(0, 1000));
    found.set(id, { forward: own ?? Math.max(-1, ...before), backward: latest < 0 ? null : latest });
  }
  return found;
}

/** The steps at which the last pass through a graph ran each function and filled the gradient of each leaf. */
function backwardPlaces(timeline: Timeline, graph: GraphBody): Map<string, number> {
  const found = new Map<string, number>();
  for (const [index, { pass, run }] of timeline.functions) {
    if (!pass.graphs.includes(graph.id)) continue;
    found.set(run.function, index);
    if (run.accumulation !== null && run.accumulation.tensor !== null) found.set(run.accumulation.tensor, index);
  }
  return found;
}

/** What is still to come after a step: nothing at the end. */
export function aheadOf(graph: GraphBody, reach: ReadonlyMap<string, Reach>, index: number | null): Ahead {
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
