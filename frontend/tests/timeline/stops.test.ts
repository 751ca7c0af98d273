import { describe, expect, it } from "vitest";

import { stopsOf } from "../../src/timeline/stops.ts";
import { Timeline } from "../../src/timeline/timeline.ts";
import { response, step } from "../support/answers.ts";

const at = (line: number, column: number, end: number) => ({ cell: 0, line, column, end_line: line, end_column: end });
const bound = [{ name: "y", type: "torch.Tensor", text: null, value: "t1" }];
const statement = { kind: "statement", name: "" } as const;

/** import torch; y = x * x * 3; return x + 1; y.zero_() */
const STEPS = [
  step({
    ref: "s0",
    ...statement,
    span: at(1, 0, 12),
    bound: [{ name: "torch", type: "module", text: null, value: null }],
  }),
  step({ ref: "op1", span: at(2, 4, 9) }),
  step({ ref: "op2", span: at(2, 4, 13) }),
  step({ ref: "s3", ...statement, span: at(2, 0, 13), bound }),
  step({ ref: "s4", ...statement, span: at(3, 0, 12) }),
  step({ ref: "op3", span: at(3, 7, 12) }),
  step({ ref: "op4", span: at(4, 0, 9) }),
  step({ ref: "s7", ...statement, span: at(4, 0, 9) }),
  step({ ref: "op5", span: at(4, 0, 9) }),
];

describe("stops", () => {
  it("join an operation and the statement that ends with it, and a silent statement and the operation that it begins", () => {
    expect(stopsOf({ steps: STEPS })).toEqual([
      { first: 0, last: 0, step: 0 },
      { first: 1, last: 1, step: 1 },
      { first: 2, last: 3, step: 2 },
      { first: 4, last: 5, step: 5 },
      { first: 6, last: 7, step: 6 },
      { first: 8, last: 8, step: 8 },
    ]);
  });

  it("keep the steps of different calls apart", () => {
    const steps = [
      step({ ref: "op1", span: at(2, 4, 9), frame: 1 }),
      step({ ref: "s", ...statement, span: at(2, 0, 9) }),
    ];
    expect(stopsOf({ steps })).toHaveLength(2);
  });

  it("are found from every step that they cover, and the end is past the last", () => {
    const timeline = new Timeline(response({ steps: STEPS }));
    expect(STEPS.map((_, index) => timeline.stopOf(index))).toEqual([0, 1, 2, 2, 3, 3, 4, 4, 5]);
    expect(timeline.stopOf(null)).toBe(6);
    expect(timeline.settled(4)).toBe(5);
    expect(timeline.settled(99)).toBeNull();
    expect(timeline.covered(3).map(([index]) => index)).toEqual([2, 3]);
  });
});
