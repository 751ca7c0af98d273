/**
 * How the inputs of an operation were stretched to one shape.
 *
 * NOTE. Each input is drawn in the size that it was stretched to. Along a dimension that was repeated or added, all cells but
 * the first are ghosts: copies that were never made. A matrix product stretches only the dimensions before the last two; of
 * those two, one runs along the result and the other is summed over.
 */

import type { BroadcastRecord, OperationRecord } from "../api/schema.ts";

/** What became of one dimension of the result in an input. `size` is what is drawn of it. */
export type Fate =
  | { readonly kind: "kept"; readonly size: number }
  | { readonly kind: "stretched"; readonly size: number }
  | { readonly kind: "added"; readonly size: number }
  | { readonly kind: "along"; readonly size: number }
  | { readonly kind: "summed"; readonly size: number };

/** An input: its index among the operation's inputs, its own shape, and the fate of each dimension of the result in it. */
export interface Operand {
  readonly input: number;
  readonly id: string;
  readonly shape: readonly number[];
  readonly fates: readonly Fate[];
}

/** An operation that broadcast. */
export interface Broadcast {
  readonly operation: OperationRecord;
  readonly operands: readonly Operand[];
  readonly result: readonly number[];
}

type Index = readonly number[];

/** The broadcast of an operation; null if it stretched nothing. */
export function broadcastOf(operation: OperationRecord): Broadcast | null {
  const result = operation.broadcast[0]?.result;
  if (result === undefined) return null;
  const stretched = new Map(operation.broadcast.map((record) => [record.input, record]));
  const product = /matmul(__)?$/.test(operation.name);
  const operands = operation.inputs.flatMap((id, input): Operand[] => {
    const known = stretched.get(input);
    const shape = known?.shape ?? operation.input_shapes[input] ?? [];
    // An input of another shape that was not stretched takes no part (the target of `out=`, the pattern of `expand_as`).
    if (known === undefined && !product && shape.join() !== result.join()) return [];
    return [{ input, id, shape, fates: fates(shape, result, known, product ? input : null) }];
  });
  return { operation, operands, result };
}

function fates(shape: Index, result: Index, record: BroadcastRecord | undefined, factor: number | null): Fate[] {
  const missing = result.length - shape.length;
  return result.map((size, dimension): Fate => {
    const own = shape[dimension - missing] ?? 1;
    const fromEnd = result.length - dimension;
    if (factor !== null && fromEnd <= 2)
      return { kind: (fromEnd === 2) === (factor === 0) ? "along" : "summed", size: own };
    if (dimension < missing) return { kind: "added", size };
    return record?.stretched.includes(dimension) === true ? { kind: "stretched", size } : { kind: "kept", size };
  });
}

/** The shape that an operand is drawn in. */
export function drawnShape(operand: Operand): number[] {
  return operand.fates.map(({ size }) => size);
}

/** The element of the operand that a drawn cell shows. */
export function sourceOf(operand: Operand, drawn: Index): number[] {
  return own(operand, (fate, dimension) => (fate.kind === "stretched" ? 0 : (drawn[dimension] ?? 0)));
}

/** Whether a drawn cell shows a copy that was never made. */
export function isGhost(operand: Operand, drawn: Index): boolean {
  return operand.fates.some(
    ({ kind }, dimension) => (kind === "stretched" || kind === "added") && (drawn[dimension] ?? 0) > 0,
  );
}

/** Which elements of the operand a cell of the result came from; null for a dimension of which it takes all. */
export function originOf(operand: Operand, cell: Index): (number | null)[] {
  return own(operand, ({ kind }, dimension) => {
    if (kind === "summed") return null;
    return kind === "stretched" ? 0 : (cell[dimension] ?? 0);
  });
}

/** Whether a drawn cell of an operand is one that a cell of the result was made from. */
export function feeds(operand: Operand, drawn: Index, cell: Index): boolean {
  return operand.fates.every(({ kind }, dimension) => kind === "summed" || drawn[dimension] === cell[dimension]);
}

/** Whether a cell of the result came from this element of an operand. */
export function cameFrom(operand: Operand, element: Index, cell: Index): boolean {
  return originOf(operand, cell).every((i, dimension) => i === null || i === element[dimension]);
}

/** One entry for each dimension that the operand has of its own. */
function own<T>(operand: Operand, entry: (fate: Fate, dimension: number) => T): T[] {
  return operand.fates.flatMap((fate, dimension) => (fate.kind === "added" ? [] : [entry(fate, dimension)]));
}

/** An index as Python writes it, `[1, :]`. */
export function indexText(index: readonly (number | null)[]): string {
  return index.length === 0 ? "" : `[${index.map((i) => i ?? ":").join(", ")}]`;
}

/** Operators that are written between their operands. */
const SYMBOLS: Readonly<Record<string, string>> = {
  add: "+",
  sub: "−",
  mul: "×",
  div: "÷",
  matmul: "@",
  pow: "^",
  eq: "=",
  ne: "≠",
  lt: "<",
  le: "≤",
  gt: ">",
  ge: "≥",
};

/** The sign between the operands; null if the operation has none. */
export function symbolOf(operation: OperationRecord): string | null {
  const name = operation.name.slice(operation.name.lastIndexOf(".") + 1).replace(/^__i?(.*)__$|^(.*?)_$/, "$1$2");
  return SYMBOLS[name.replace("truediv", "div")] ?? null;
}
