import { describe, expect, it } from "vitest";

import { cardTexts, momentsOf } from "../../src/graph/moments.ts";
import { Timeline } from "../../src/timeline/timeline.ts";
import { full, functionRun, graph, node, pass, response, step, tensor } from "../support/answers.ts";

/** w = 2; y = w * 3; y.backward(); w -= 1; w.grad = None */
const GRAPH = graph({
  id: "g1",
  nodes: [
    node({ id: "t1", kind: "leaf", tensor: "t1", names: ["w"] }),
    node({ id: "f1", kind: "result", tensor: "t2", names: ["y"], expression: "w * 3" }),
  ],
});
const TIMELINE = new Timeline(
  response({
    graphs: [GRAPH],
    tensors: [
      tensor({
        id: "t1",
        names: ["w"],
        values: full(1),
        history: [
          { step: 0, version: 0, values: full(2) },
          { step: 5, version: 1, values: null },
        ],
        grad_changes: [{ step: 6, values: null }],
      }),
      tensor({ id: "t2", names: ["y"], values: full(6), history: [{ step: 1, version: 0, values: null }] }),
    ],
    backwards: [
      pass({
        id: "b1",
        graphs: ["g1"],
        gradients: [full(1), full(3)],
        runs: [
          functionRun({ function: "f1", arrived: [0] }),
          functionRun({
            function: "f2",
            arrived: [1],
            accumulation: { tensor: "t1", before: null, added: 1, after: 1 },
          }),
        ],
      }),
    ],
    steps: [
      step({ ref: "s0", kind: "statement", bound: [{ name: "w", type: "", text: null, value: "t1" }] }),
      step({ ref: "s1", kind: "statement", bound: [{ name: "y", type: "", text: null, value: "t2" }] }),
      step({ ref: "b1", kind: "backward" }),
      step({ ref: "f1", kind: "function" }),
      step({ ref: "f2", kind: "function" }),
      step({ ref: "s5", kind: "statement" }),
      step({ ref: "s6", kind: "statement" }),
    ],
  }),
);

function at(index: number | null, id: string) {
  return cardTexts(GRAPH, momentsOf(TIMELINE, GRAPH, index)).get(id);
}

describe("a node of a graph at a step", () => {
  it("says nothing as long as its tensor does not exist", () => {
    expect(at(0, "f1")).toEqual({ title: null, value: null, gradient: null });
  });

  it("has the value and the name that its tensor has then", () => {
    expect(at(1, "f1")).toEqual({ title: "y", value: ["6."], gradient: null });
    expect(at(4, "t1")?.value).toEqual(["2."]);
    expect(at(5, "t1")?.value).toEqual(["1."]);
  });

  it("has the gradient that has arrived, and of a leaf its `.grad`", () => {
    expect(at(2, "f1")?.gradient).toBeNull();
    expect(at(3, "f1")?.gradient).toEqual(["1."]);
    expect([3, 4, 6].map((index) => at(index, "t1")?.gradient)).toEqual([["None"], ["3."], ["None"]]);
  });
});
