/**
 * What a backward function multiplied by: for an edge, gradient in × local derivative = gradient out.
 *
 * NOTE. The local derivatives come from another run of the program. So they are shown as factors only if their product is
 * what this run sent along the edge: not if a hook changed it on the way, or if the program is random.
 */

import type { Derivation, Line, ChainDerivative } from "../api/schema.ts";
import type { FunctionStep } from "../timeline/passes.ts";
import type { Timeline } from "../timeline/timeline.ts";
import type { Values } from "../api/values.ts";
import { shapeOf } from "../numbers/brief.ts";
import { flat } from "../numbers/grid.ts";
import type { Element } from "../numbers/text.ts";

/**
 * One term of the sum that was sent along an edge. `elementwise`: element by element; `stretched`: so too, and then summed over
 * the dimensions that broadcasting had stretched; `row`: one number times each element; `matrix`: a row times a matrix.
 */
export interface Factor {
  readonly kind: "elementwise" | "stretched" | "row" | "matrix";
  readonly arrived: Values;
  readonly local: Values;
  readonly formula: Line | null;
}

interface Term {
  readonly factor: Factor;
  /** What the term adds to each element that was sent, addend by addend. */
  readonly addends: readonly (readonly number[])[];
}

/** Coarse enough for half precision, and far below what a hook or another run would change. */
const TOLERANCE = 0.01;
/** Below the smallest number of single precision. */
const TINY = 1e-37;

/** The terms of what `ran` sent along one of its edges, one for each gradient that arrived; null if they are not known. */
export function factors(
  timeline: Timeline,
  derivation: Derivation,
  ran: FunctionStep,
  edge: number,
): readonly Factor[] | null {
  const { pass, run } = ran;
  const sent = timeline.gradientIn(pass, run.sent[edge]);
  if (sent?.kind !== "full") return null;
  const terms: Term[] = [];
  for (const [slot, at] of run.arrived.entries()) {
    const arrived = timeline.gradientIn(pass, at);
    if (arrived === null) continue;
    const local = localOf(derivation, ran, edge, slot);
    if (local === "none") continue;
    const term = local === null ? null : termOf(arrived, local, shapeOf(sent.data));
    if (term === null) return null;
    terms.push(term);
  }
  const wanted = numbers(sent.data);
  return terms.length > 0 && wanted.every((value, element) => agrees(value, element, terms))
    ? terms.map(({ factor }) => factor)
    : null;
}

/** The local derivative of an output by the input of an edge; `none` if that output does not depend on it. */
function localOf(
  { steps }: Derivation,
  { run }: FunctionStep,
  edge: number,
  slot: number,
): ChainDerivative | "none" | null {
  const step = steps.find((candidate) => candidate.function === run.function);
  const next = run.next[edge];
  if (step === undefined || next === null || next === undefined) return null;
  // A value that is used twice has two edges to one target; both lists have them in the order of the inputs.
  const twins = [...run.next.keys()].filter((at) => {
    const other = run.next[at];
    return other?.function === next.function && other.slot === next.slot;
  });
  const known = step.derivatives.filter(
    (local) =>
      local.slot === slot && local.target_slot === next.slot && steps[local.target]?.function === next.function,
  );
  if (known.length === 0 && run.arrived.length > 1) return "none";
  return known.length === twins.length ? (known[twins.indexOf(edge)] ?? null) : null;
}

function termOf(arrived: Values, { kind, values, formula }: ChainDerivative, into: readonly number[]): Term | null {
  if (arrived.kind !== "full" || values.kind !== "full") return null;
  const gradient = numbers(arrived.data);
  const local = numbers(values.data);
  const size = into.reduce((product, side) => product * side, 1);
  switch (kind) {
    case "elementwise":
      if (gradient.length !== size || local.length !== size) return null;
      return {
        factor: { kind, arrived, local: values, formula },
        addends: local.map((value, element) => [value * (gradient[element] ?? NaN)]),
      };
    case "row": {
      const [scalar] = gradient;
      if (scalar === undefined || gradient.length !== 1 || local.length !== size) return null;
      return { factor: { kind, arrived, local: values, formula }, addends: local.map((value) => [value * scalar]) };
    }
    case "matrix": {
      if (local.length !== gradient.length * size) return null;
      const stretched = unstretched(values.data, shapeOf(arrived.data), into);
      return {
        factor:
          stretched === null
            ? { kind, arrived, local: values, formula }
            : { kind: "stretched", arrived, local: { ...values, data: stretched }, formula },
        addends: Array.from({ length: size }, (_, column) =>
          gradient.map((value, row) => value * (local[row * size + column] ?? NaN)),
        ),
      };
    }
  }
}

/** The factors of a matrix that only broadcasts and scales each element; null if it does more. */
function unstretched(data: unknown, from: readonly number[], into: readonly number[]): unknown {
  const missing = from.length - into.length;
  const fits = into.every((side, dimension) => side === 1 || side === from[missing + dimension]);
  if (missing < 0 || !fits) return null;
  const rows = (data as readonly (readonly Element[])[]).map((row, element) => {
    const column = columnOf(element, from, into);
    return row.every((value, at) => at === column || value === 0) ? row[column] : undefined;
  });
  return rows.includes(undefined) ? null : nested(rows, from);
}

/** Which element of a tensor of shape `into` an element became, by its number, when that was stretched to the shape `from`. */
function columnOf(element: number, from: readonly number[], into: readonly number[]): number {
  let [rest, column, stride] = [element, 0, 1];
  for (let back = 1; back <= into.length; back++) {
    const side = from[from.length - back] ?? 1;
    const own = into[into.length - back] ?? 1;
    column += own === 1 ? 0 : (rest % side) * stride;
    stride *= own;
    rest = Math.floor(rest / side);
  }
  return column;
}

function nested(elements: readonly unknown[], shape: readonly number[]): unknown {
  return shape
    .slice(1)
    .reduceRight<readonly unknown[]>(
      (inner, side) => Array.from({ length: inner.length / side }, (_, at) => inner.slice(at * side, (at + 1) * side)),
      elements,
    );
}

function agrees(wanted: number, element: number, terms: readonly Term[]): boolean {
  const addends = terms.flatMap((term) => term.addends[element] ?? [NaN]);
  const sum = addends.reduce((total, addend) => total + addend, 0);
  if (Object.is(sum, wanted) || sum === wanted) return true;
  const size = addends.reduce((total, addend) => total + Math.abs(addend), Math.abs(wanted));
  return Math.abs(sum - wanted) <= TOLERANCE * size + TINY;
}

/** The elements as numbers; what is none (a complex one) agrees with nothing. */
function numbers(data: unknown): number[] {
  return flat(data, shapeOf(data)).map((element) => (typeof element === "object" ? NaN : Number(element)));
}
