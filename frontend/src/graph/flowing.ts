/** The edges of a graph along which a step sent gradients back. */

import type { DrawnGraph } from "../api/schema.ts";
import { flows } from "../timeline/flows.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { brief } from "../numbers/brief.ts";

/** By the ids of the edges, the gradient that went along each, in brief. None but at a step of a pass through this graph. */
export function flowingAt(timeline: Timeline, graph: DrawnGraph, index: number | null): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const ran = index === null ? undefined : timeline.functions.get(index);
  if (!ran?.pass.graphs.includes(graph.id)) return found;
  const left = flows(timeline, ran);
  const own = ran.run.function;
  const around = graph.folded.find(({ kind, members }) => kind === "module" && members.includes(own))?.id;
  for (const { id, source, target, tensor } of graph.edges) {
    if (target !== own && target !== around) continue;
    const at = left.findIndex((flow) => flow.target === source || (flow.tensor !== null && flow.tensor === tensor));
    const [flow] = at < 0 ? [] : left.splice(at, 1);
    if (flow !== undefined) found.set(id, brief(flow.sent));
  }
  return found;
}
