/** Where an element came from: the operation to ask about, and the marks of an answer on the cards of tensors. */

import type { Lens, RunResponse } from "../api/schema.ts";
import type { GridCell } from "./cursor.ts";
import { statistic } from "../numbers/text.ts";

/** An element of a tensor or array. */
export interface ElementOf {
  readonly subject: string;
  readonly element: readonly number[];
}

/** The output of an operation that a tensor was at a step. */
interface OperationOutput {
  readonly operation: string;
  readonly output: number;
}

/** A mark on an element: the one that was asked about, or one that it came from, with its local derivative as text. */
export interface Mark {
  readonly kind: "asked" | "value" | "index";
  readonly text: string | null;
}

/** Marks of one tensor by its elements, as `elementKey` writes them. */
export type Marks = ReadonlyMap<string, Mark>;

export const NO_MARKS: Marks = new Map();

function elementKey(element: readonly number[]): string {
  return element.join(",");
}

/** The mark of an element; null if it has none. */
export function markOn(marks: Marks, element: readonly number[]): Mark | null {
  return marks.get(elementKey(element)) ?? null;
}

/** A marked element: its matrix, by the leading indices, and its row and column there. */
export interface MarkedCell {
  readonly leading: readonly number[];
  readonly at: GridCell;
  readonly mark: Mark;
}

/** The marked elements as cells. */
export function markedCells(marks: Marks): MarkedCell[] {
  return [...marks].map(([key, mark]) => {
    const index = key === "" ? [] : key.split(",").map(Number);
    return { leading: index.slice(0, -2), at: { row: index.at(-2) ?? 0, column: index.at(-1) ?? 0 }, mark };
  });
}

/** The marked elements of one matrix. */
export function markedCellsIn(marks: Marks, leading: readonly number[]): MarkedCell[] {
  return markedCells(marks).filter((position) => position.leading.join() === leading.join());
}

/** The last operation up to a step (null: the end) that made or wrote a tensor; null if none is known. */
export function originOf(response: RunResponse, tensor: string, step: number | null): OperationOutput | null {
  const steps = step === null ? response.steps : response.steps.slice(0, step + 1);
  const made = steps.findLast((step) => step.kind === "operation" && step.outputs.includes(tensor));
  if (made !== undefined && made.ref !== null) return { operation: made.ref, output: made.outputs.indexOf(tensor) };
  if (step !== null) return null;
  const operation = response.operations.findLast(({ outputs }) => outputs.includes(tensor));
  return operation === undefined ? null : { operation: operation.id, output: operation.outputs.indexOf(tensor) };
}

/** The marks of an answer, by tensor. An element that comes in twice has the derivative of both uses already. */
export function marksOf(asked: ElementOf, lens: Lens | null): ReadonlyMap<string, Marks> {
  const found = new Map<string, Map<string, Mark>>();
  const put = (tensor: string, element: readonly number[], mark: Mark): void => {
    const marks = found.get(tensor) ?? new Map<string, Mark>();
    const key = elementKey(element);
    if (marks.get(key)?.kind !== "asked") marks.set(key, mark);
    found.set(tensor, marks);
  };
  put(asked.subject, asked.element, { kind: "asked", text: null });
  for (const { tensor, element, relation, derivative } of lens?.inputs ?? [])
    if (tensor !== null)
      put(tensor, element, { kind: relation, text: derivative === null ? null : statistic(derivative) });
  return found;
}
