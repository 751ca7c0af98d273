import { describe, expect, it } from "vitest";

import type { Derivation, ChainStep, ChainDerivative } from "../../src/api/schema.ts";
import { factors } from "../../src/derivation/factors.ts";
import type { FunctionStep } from "../../src/timeline/passes.ts";
import { Timeline } from "../../src/timeline/timeline.ts";
import { full, functionRun, pass, response } from "../support/answers.ts";

type Local = Pick<ChainDerivative, "kind" | "values"> & Partial<ChainDerivative>;

/** A derivation in which function f1 has these local derivatives by f2. */
function derivation(...locals: Local[]): Derivation {
  const step = (id: string, derivatives: ChainDerivative[]): ChainStep => ({
    label: id,
    latex: id,
    name: id,
    function: id,
    tensor: null,
    operation: null,
    expression: null,
    span: null,
    leaf: false,
    gradients: [],
    derivatives,
  });
  const line = { text: "", latex: "" };
  const whole = locals.map((local) => ({ target: 1, slot: 0, target_slot: 0, formula: null, line, ...local }));
  return { root: "f1", reason: null, text: null, steps: [step("f1", whole), step("f2", [])], leaves: [] };
}

const TIMELINE = new Timeline(response({}));

/** Function f1, to which these gradients came, and which sent these to f2. */
function ran(arrived: unknown[], sent: unknown[]): FunctionStep {
  const run = functionRun({
    function: "f1",
    next: sent.map(() => ({ function: "f2", slot: 0 })),
    arrived: arrived.map((_, at) => at),
    sent: sent.map((_, at) => arrived.length + at),
  });
  return { pass: pass({ id: "b1", gradients: [...arrived, ...sent].map(full), runs: [run] }), run };
}

describe("what a backward function multiplied by", () => {
  it("is a factor for each element", () => {
    const known = derivation({ kind: "elementwise", values: full([2, "Infinity"]) });
    expect(factors(TIMELINE, known, ran([[3, 4]], [[6, "Infinity"]]), 0)).toEqual([
      { kind: "elementwise", arrived: full([3, 4]), local: full([2, "Infinity"]), formula: null },
    ]);
  });

  it("is told for each edge where a value was used twice", () => {
    const known = derivation({ kind: "elementwise", values: full([2]) }, { kind: "elementwise", values: full([5]) });
    const step = ran([[3]], [[6], [15]]);
    expect(factors(TIMELINE, known, step, 0)?.[0]?.local).toEqual(full([2]));
    expect(factors(TIMELINE, known, step, 1)?.[0]?.local).toEqual(full([5]));
  });

  it("is a row where the result is one number", () => {
    const known = derivation({ kind: "row", values: full([[1], [3]]) });
    expect(factors(TIMELINE, known, ran([2], [[[2], [6]]]), 0)?.[0]?.kind).toBe("row");
  });

  it("is a matrix where each may depend on each", () => {
    const known = derivation({
      kind: "matrix",
      values: full([
        [1, 2],
        [3, 4],
      ]),
    });
    expect(factors(TIMELINE, known, ran([[10, 1]], [[13, 24]]), 0)?.[0]?.kind).toBe("matrix");
  });

  it("is folded back into factors where the matrix only stretches", () => {
    const known = derivation({
      kind: "matrix",
      values: full([
        [1, 0],
        [0, 2],
        [3, 0],
        [0, 4],
      ]),
    });
    const found = factors(
      TIMELINE,
      known,
      ran(
        [
          [
            [1, 1],
            [10, 10],
          ],
        ],
        [[31, 42]],
      ),
      0,
    );
    expect(found?.[0]).toMatchObject({
      kind: "stretched",
      local: full([
        [1, 2],
        [3, 4],
      ]),
    });
  });

  it("is a sum over the outputs that a gradient came to", () => {
    const known = derivation(
      { kind: "matrix", slot: 0, values: full([[1, 0]]) },
      { kind: "matrix", slot: 1, values: full([[0, 1]]) },
    );
    expect(factors(TIMELINE, known, ran([[7], [8]], [[7, 8]]), 0)).toHaveLength(2);
  });

  it("is not told where the product is not what was sent", () => {
    const known = derivation({ kind: "elementwise", values: full([2]) });
    expect(factors(TIMELINE, known, ran([[3]], [[60]]), 0)).toBeNull();
    expect(factors(TIMELINE, known, ran([[3]], [[5.999]]), 0)).not.toBeNull();
  });

  it("is not known where the derivation has another function or shape", () => {
    const step = ran([[3]], [[6]]);
    expect(factors(TIMELINE, derivation(), step, 0)).toBeNull();
    expect(factors(TIMELINE, { ...derivation(), steps: [] }, step, 0)).toBeNull();
    expect(factors(TIMELINE, derivation({ kind: "elementwise", values: full([2, 2]) }), step, 0)).toBeNull();
  });
});
