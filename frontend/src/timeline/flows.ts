/** What one backward function sent along each edge, and by which formula. */

import type { BackwardFormula, FunctionRun, InputFormula, OperationRecord } from "../api/schema.ts";
import type { Values } from "../api/values.ts";
import type { FunctionStep } from "./passes.ts";
import type { Timeline } from "./timeline.ts";

/** A name in a formula, and its value: a tensor (`tensor`, `values`), or a number or the like (`text`). */
export interface FormulaOperand {
  readonly name: string;
  readonly tensor: string | null;
  readonly values: Values | null;
  readonly text: string;
}

/** A gradient that a backward function sent along one of its edges: its tensor, its values and its formula. */
export interface Flow {
  /** The index of the edge. */
  readonly edge: number;
  /** Null where the edge leads to something inside an operation, as to the transposed weight in a linear layer. */
  readonly tensor: string | null;
  /** The function that the edge leads to: its id, and its name if it ran. */
  readonly target: string;
  readonly towards: string | null;
  readonly sent: Values;
  readonly formula: InputFormula | null;
  readonly operands: readonly FormulaOperand[];
}

/** The gradients that arrived at a function, one for each of its outputs that had one. */
export function arrivals(timeline: Timeline, { pass, run }: FunctionStep): Values[] {
  return run.arrived.map((index) => timeline.gradientIn(pass, index)).filter((values) => values !== null);
}

/** A gradient that another function of the pass sent to a slot, and the operation that this one is the way back through. */
export interface Term {
  readonly values: Values;
  readonly operation: string | null;
}

/** What arrived at a function, term by term: several where its value was used in several ways. Only of its first slot. */
export function termsOf(timeline: Timeline, { pass, run }: FunctionStep): Term[] {
  const slot = Math.max(
    0,
    run.arrived.findIndex((gradient) => gradient !== null),
  );
  const terms: Term[] = [];
  for (const other of pass.runs) {
    if (other === run) break;
    for (const [edge, next] of other.next.entries()) {
      if (next?.function !== run.function || next.slot !== slot) continue;
      const values = timeline.gradientIn(pass, other.sent[edge]);
      if (values !== null) terms.push({ values, operation: other.operation });
    }
  }
  return terms;
}

/** The gradients that a function sent, edge by edge. */
export function flows(timeline: Timeline, { pass, run }: FunctionStep): Flow[] {
  const formula = timeline.response.formulas.find((candidate) => candidate.function === run.name) ?? null;
  const operation = timeline.operation(run.operation);
  const reached = new Map(pass.runs.map((other) => [other.function, other]));
  const tensors = tensorsOf(run, reached, operation);
  return run.next.flatMap((next, edge): Flow[] => {
    const sent = timeline.gradientIn(pass, run.sent[edge]);
    if (next === null || sent === null) return [];
    const own = formulaOf(formula, edge, run.next.length);
    return [
      {
        edge,
        tensor: tensors[edge] ?? null,
        target: next.function,
        towards: reached.get(next.function)?.name ?? null,
        sent,
        formula: own,
        operands: own === null ? [] : operands(timeline, own, formula?.signature ?? "", operation),
      },
    ];
  });
}

/** The formula of one edge. Formulas are in the order of the inputs. */
function formulaOf(formula: BackwardFormula | null, edge: number, edges: number): InputFormula | null {
  if (formula === null) return null;
  const each = formula.inputs.flatMap((input) => input.inputs.map(() => input));
  return each.length === edges
    ? (each[edge] ?? null)
    : formula.inputs.length === 1
      ? (formula.inputs[0] ?? null)
      : null;
}

/**
 * The tensors whose gradients go along the edges of a function: those of the functions that the edges lead to. Where a pass was
 * limited to some tensors, their functions did not run; then it is the input of the operation at the same place, if those that
 * are known are in that order. (The edges of a linear layer are not: bias, input, transposed weight.)
 */
function tensorsOf(
  run: FunctionRun,
  reached: ReadonlyMap<string, FunctionRun>,
  operation: OperationRecord | null,
): (string | null)[] {
  const known = run.next.map((next) => {
    const other = reached.get(next?.function ?? "");
    return other === undefined ? undefined : (other.accumulation?.tensor ?? other.tensor);
  });
  const inputs = operation?.inputs ?? [];
  const edges = run.next.flatMap((next, edge) => (next === null && run.next.length !== inputs.length ? [] : [edge]));
  const parallel =
    edges.length === inputs.length &&
    edges.every((edge, place) => known[edge] === undefined || known[edge] === inputs[place]);
  return known.map((tensor, edge) =>
    tensor === undefined ? (parallel ? (inputs[edges.indexOf(edge)] ?? null) : null) : tensor,
  );
}

/** The values of the names in a formula, as far as the operation's arguments have them. `grad` is what arrived. */
function operands(
  timeline: Timeline,
  formula: InputFormula,
  signature: string,
  operation: OperationRecord | null,
): FormulaOperand[] {
  if (operation === null) return [];
  const index = timeline.madeAt(operation.id);
  const words = new Set((formula.latex ?? formula.text).match(/[A-Za-z_]\w*/g));
  const named = operation.arguments.flatMap(({ name, text }) => (name === null ? [] : [{ name, text }]));
  const given = new Set(named.map(({ name }) => name));
  const result = operation.outputs[0];
  const defaults = defaultsOf(signature).filter(({ name }) => !given.has(name));
  return [...named, ...defaults, ...(result === undefined ? [] : [{ name: "result", text: result }])]
    .filter(({ name }) => words.has(name))
    .map(({ name, text }) => {
      // At the step itself an operation that writes in place has written already; what it read is the version before.
      const version = timeline.member(text) === null ? null : timeline.version(text, index);
      const written = name !== "result" && operation.outputs.includes(text) && version !== null;
      const read = written ? (timeline.before(text, version) ?? version) : version;
      return { name, tensor: version === null ? null : text, values: read?.values ?? null, text };
    });
}

/** The arguments that a signature gives a value, as in `Scalar alpha=1`. */
function defaultsOf(signature: string): { readonly name: string; readonly text: string }[] {
  return [...signature.matchAll(/(\w+)=([^,)]+)/g)].map(([, name = "", text = ""]) => ({ name, text }));
}
