import { describe, expect, it } from "vitest";

import { madeIn } from "../../../src/program/editor/made.ts";
import { Timeline } from "../../../src/timeline/timeline.ts";
import { full, functionRun, pass, response, step, tensor } from "../../support/answers.ts";
import { span } from "../../support/spans.ts";

const bound = (name: string, value: string | null, text: string | null = null) => ({
  name,
  value,
  text,
  type: value === null ? "float" : "torch.Tensor",
});

const timeline = new Timeline(
  response({
    tensors: [
      tensor({
        id: "t1",
        layout: { shape: [2, 3] },
        roles: [{ requires_grad: true }],
        history: [
          { step: 0, version: 0, values: full(0) },
          { step: 2, version: 1, values: null },
        ],
      }),
    ],
    backwards: [
      pass({
        id: "b1",
        gradients: [full(1)],
        runs: [functionRun({ function: "f1", accumulation: { tensor: "t1", before: null, added: 0, after: 0 } })],
      }),
    ],
    steps: [
      step({ ref: "op1", span: span(0, 1, 4, 9), outputs: ["t1"], changed: [{ id: "t1", version: 0 }] }),
      step({ ref: "", kind: "statement", span: span(0, 1, 0, 9), bound: [bound("x", "t1")] }),
      step({ ref: "op2", span: span(0, 2, 0, 9), outputs: ["t1"], changed: [{ id: "t1", version: 1 }] }),
      step({ ref: "", kind: "statement", span: span(0, 2, 0, 9) }),
      step({ ref: "", kind: "statement", span: span(0, 3, 4, 5), bound: [bound("i", null, "0")] }),
      step({ ref: "", kind: "statement", span: span(0, 3, 4, 5), bound: [bound("i", null, "1")] }),
      step({ ref: "b1", kind: "backward", span: span(1, 1, 0, 9) }),
      step({ ref: "f1", kind: "function" }),
      step({ ref: "", kind: "statement", span: span(1, 1, 0, 9) }),
    ],
  }),
);

const told = (cell: number, at: number | null = null): string[] =>
  madeIn(timeline, cell, at).flatMap(({ made, times }) =>
    made.map(({ name, text, how, tracked }) => `${name} ${text} ${how}${tracked ? " ∇" : ""} ×${times}`),
  );

describe("what a line made", () => {
  it("is the names that it bound, with shape and type, and what it wrote in place", () => {
    expect(told(0)).toEqual(["x (2, 3) float32 bound ∇ ×1", "x (2, 3) float32 written ∇ ×1", "i 1 bound ×2"]);
  });

  it("is the gradients that came while it ran", () => {
    expect(told(1)).toEqual(["x.grad (2, 3) float32 gradient ×1"]);
  });

  it("is what it had made by a step", () => {
    expect(told(0, 1)).toEqual(["x (2, 3) float32 bound ∇ ×1"]);
    expect(told(0, 4)).toContain("i 0 bound ×1");
    expect(told(1, 6)).toEqual([]);
  });
});
