/**
 * Which graph a step belongs to.
 *
 * NOTE. A training loop makes a graph in each round. The round of a step is that of the newest graph that had begun by then: the
 * optimiser's step and the clearing of gradients come after a backward pass, and belong to its round. A run keeps the newest
 * graphs; a step before all of them, of a run that left out others, belongs to a graph that is not there.
 */

import type { DrawnGraph, RunResponse } from "../api/schema.ts";
import type { Timeline } from "./timeline.ts";

const BEGINNINGS = new WeakMap<RunResponse, ReadonlyMap<string, number>>();

/** The step of the first operation of each graph, by index. Leaves and constants are there before, and serve many graphs. */
function beginnings(timeline: Timeline): ReadonlyMap<string, number> {
  const known =
    BEGINNINGS.get(timeline.response) ??
    new Map(timeline.response.graphs.map((graph) => [graph.id, first(timeline, graph)]));
  BEGINNINGS.set(timeline.response, known);
  return known;
}

function first(timeline: Timeline, graph: DrawnGraph): number {
  const members = graph.folded.flatMap((fold) => fold.members.slice(0, 1));
  const made = graph.nodes.flatMap(({ operation }) => timeline.madeAt(operation ?? "") ?? []);
  const run = timeline.passes.find(({ pass }) => pass.graphs.includes(graph.id))?.first;
  return Math.min(...made, ...members.flatMap((id) => timeline.madeAt(id) ?? []), run ?? Infinity);
}

/** The newest graph that had begun at a step; null if none had. */
export function graphDuring(timeline: Timeline, index: number): string | null {
  let found: string | null = null;
  let latest = -1;
  for (const [id, begins] of beginnings(timeline)) {
    if (begins > index || begins < latest) continue;
    found = id;
    latest = begins;
  }
  return found;
}

/** Whether the graph that a step belongs to was left out. */
export function leftOut(timeline: Timeline, index: number | null): boolean {
  if (index === null || !isCut(timeline.response) || graphDuring(timeline, index) !== null) return false;
  return (
    timeline.passes.some(({ pass, first: begins }) => pass.graphs.length === 0 && begins <= index) ||
    dropped(timeline, index)
  );
}

/** Whether a pass that is yet to come, but before the first graph that is there, has lost its graph. */
function dropped(timeline: Timeline, index: number): boolean {
  const next = timeline.passes.find(({ last }) => last >= index);
  return next?.pass.graphs.length === 0;
}

function isCut({ truncated }: RunResponse): boolean {
  return truncated.some(({ what }) => what === "graphs" || what === "functions of graphs");
}

/** How many graphs there are. */
export function graphsKept({ response }: Timeline): number {
  return response.graphs.length;
}

/** The graph that a page opens on: the newest that a backward pass ran over, for that is what gave the gradients; else the last. */
export function opensOn({ graphs, backwards }: RunResponse): DrawnGraph | undefined {
  const passed = new Set(backwards.findLast((pass) => pass.graphs.length > 0)?.graphs);
  return graphs.findLast(({ id }) => passed.has(id)) ?? graphs.at(-1);
}
