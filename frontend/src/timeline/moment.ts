/** A moment of the timeline: which steps it is of, and what things are called then. */

import type { OperationBody, StepBody } from "../api/schema.ts";
import { visible } from "../ui/text/visible.ts";
import type { Timeline } from "./timeline.ts";

/** The steps that are shown together at a place. */
export function stepsAt(timeline: Timeline, place: number | null): StepBody[] {
  return timeline.covered(place).map(([, step]) => step);
}

/** The operations of the steps at a place. */
export function operationsAt(timeline: Timeline, place: number | null): OperationBody[] {
  return stepsAt(timeline, place).flatMap(({ kind, id }) =>
    kind === "operation" ? (timeline.operation(id) ?? []) : [],
  );
}

/** The source of an operation, or its name without the packages that most are in. */
export function sourceText({ expression, name }: Pick<OperationBody, "expression" | "name">): string {
  const source = visible(expression ?? name.replace(/^torch\.(nn\.functional\.|Tensor\.)?/, ""));
  // A write by an index is the target of an assignment.
  return name.endsWith("__setitem__") ? `${source} = …` : source;
}

/** The names of a tensor or array after a step. At the end parameters of modules have some that nothing bound. */
export function namesAt(timeline: Timeline, id: string, place: number | null): readonly string[] {
  return (place === null ? timeline.member(id)?.names : timeline.names(place).get(id)) ?? [];
}

/** What a person calls a tensor or array after a step: its names, or else the expression that made it; null for neither. */
export function nameAt(timeline: Timeline, id: string, place: number | null): string | null {
  const names = namesAt(timeline, id, place);
  return names.length > 0 ? names.join(" = ") : timeline.nameOf(id, place);
}
