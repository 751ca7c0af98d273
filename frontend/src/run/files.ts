/** What a person may save of an answer, and the page does not ask for before. It is had from the run, as long as that is kept. */

import { getText } from "../api/client.ts";
import { partsOfRun } from "../api/routes.ts";
import type { DrawnGraph, RunResponse } from "../api/schema.ts";

/** The DOT of a graph. Throws FaultError. */
export async function dotOf(answer: RunResponse, graph: DrawnGraph): Promise<string> {
  // One that was drawn after the answer came with it.
  if (typeof graph.dot === "string") return graph.dot;
  const { graphs } = await partsOfRun(answer.id, ["graphs", "dot"]);
  return graphs.find(({ id }) => id === graph.id)?.dot ?? "";
}

/** The whole answer as the service writes it. Throws FaultError. */
export function wholeAnswer({ id }: RunResponse): Promise<string> {
  return getText(`runs/${encodeURIComponent(id)}?include=full`, "application/json");
}
