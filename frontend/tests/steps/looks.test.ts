import { describe, expect, it } from "vitest";

import type { HookRecord } from "../../src/api/schema.ts";
import { locale } from "../../src/i18n/index.ts";
import { chunkOf, missingOf, NOTHING_ARRIVED, withMissing } from "../../src/run/arrived.ts";
import { valuesAt } from "../../src/steps/looks.ts";
import { sentence } from "../../src/steps/sentence.ts";
import { timelineOf } from "../../src/timeline/timeline.ts";
import { functionRun, operation, pass, response, step, tensor } from "../support/answers.ts";
import { deferred } from "../support/deferred.ts";

const hook = (before: number[], after: number[]): HookRecord => ({
  kind: "tensor",
  name: "double",
  span: null,
  slot: 0,
  raised: false,
  before,
  after,
});
const ANSWER = response({
  operations: [
    operation({
      id: "op1",
      expression: "x.add_(1)",
      inputs: ["t1"],
      outputs: ["t1"],
      writes: [{ tensor: "t1", before: 0, after: 1 }],
    }),
  ],
  steps: [
    step({
      ref: "s0",
      kind: "statement",
      bound: [{ name: "x", type: "Tensor", text: null, value: "t1" }],
      changed: [{ id: "t1", version: 0 }],
    }),
    step({
      ref: "op1",
      inputs: ["t1"],
      outputs: ["t1"],
      expression: "x.add_(1)",
      changed: [
        { id: "t1", version: 1 },
        { id: "t2", version: 1 },
      ],
    }),
    step({ ref: "b1", kind: "backward" }),
    step({ ref: "f1", kind: "function" }),
    step({ ref: "s4", kind: "statement" }),
  ],
  tensors: [
    tensor({
      id: "t1",
      names: ["x"],
      values: deferred(1),
      history: [
        { step: 0, version: 0, values: deferred(0) },
        { step: 1, version: 1, values: null },
      ],
      grad_changes: [{ step: 4, values: deferred(9) }],
    }),
    tensor({
      id: "t2",
      names: ["v"],
      values: deferred(3),
      history: [
        { step: 0, version: 0, values: deferred(2) },
        { step: 1, version: 1, values: null },
      ],
    }),
  ],
  backwards: [
    pass({
      id: "b1",
      gradients: [4, 5, 6, 7, 8].map((chunk) => deferred(chunk)),
      roots: [{ function: "f1", slot: 0, name: "loss", tensor: null, gradient: 4 }],
      runs: [functionRun({ function: "f1", arrived: [0], sent: [3], hooks: [hook([1], [2])] })],
    }),
  ],
});
const TIMELINE = timelineOf(ANSWER);
const chunks = (index: number | null): number[] => valuesAt(TIMELINE, index).flatMap((values) => chunkOf(values) ?? []);

describe("the values that a stop is about", () => {
  it("are those that it made, and those of what it wrote as they were and are", () => {
    expect(chunks(0)).toEqual([0]);
    expect(new Set(chunks(1))).toEqual(new Set([0, 1, 2, 3]));
  });

  it("are the gradients that a pass began with, that came to a function, and what it and its hooks made of them", () => {
    expect(chunks(2)).toEqual([8]);
    expect(chunks(3)).toEqual([4, 7, 5, 6]);
  });

  it("are the gradients that a statement changed, and none at the end", () => {
    expect(chunks(4)).toEqual([9]);
    expect(chunks(null)).toEqual([]);
  });

  it("are missing as soon as one of them is", () => {
    const timeline = timelineOf(ANSWER, withMissing(NOTHING_ARRIVED, 2, "gone"));
    expect(missingOf(valuesAt(timeline, 1))).toBe("gone");
    expect(missingOf(valuesAt(timeline, 0))).toBeNull();
  });
});

it("a sentence claims nothing of elements that are awaited", () => {
  const said = sentence(TIMELINE, 1, locale.of("en").said);
  expect(said).toContain("`x`");
  expect(said).not.toContain("`v`");
});
