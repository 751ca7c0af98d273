/** The steps and operations of a stop, and their source. */

import type { OperationRecord, Step } from "../api/schema.ts";
import { visible } from "../ui/text/visible.ts";
import type { Timeline } from "./timeline.ts";

/** The steps of the stop that has a step. */
export function stepsAt(timeline: Timeline, index: number | null): Step[] {
  return timeline.covered(index).map(([, step]) => step);
}

/** The operations of the stop that has a step. */
export function operationsAt(timeline: Timeline, index: number | null): OperationRecord[] {
  return stepsAt(timeline, index).flatMap(({ kind, ref }) =>
    kind === "operation" ? (timeline.operation(ref) ?? []) : [],
  );
}

/** The source of an operation, or its name without the packages that most are in. */
export function sourceText({ expression, name }: Pick<OperationRecord, "expression" | "name">): string {
  const source = visible(expression ?? name.replace(/^torch\.(nn\.functional\.|Tensor\.)?/, ""));
  // A write by an index is the target of an assignment.
  return name.endsWith("__setitem__") ? `${source} = …` : source;
}
