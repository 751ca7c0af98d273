/** The service as a source of answers. */

import { documentation } from "./names.ts";
import { chunkOfRun, derive, drawGraph, lens, opening, windowOn } from "./routes.ts";
import { run } from "./runs.ts";
import type { Source } from "./source.ts";

export const server: Source = {
  run,
  chunk: chunkOfRun,
  draw: drawGraph,
  derive,
  lens,
  opening,
  window: windowOn,
  documentation,
};
