import { describe, expect, it } from "vitest";

import type { ChainStep } from "../../src/api/schema.ts";
import { scalarsOf, targetOf } from "../../src/derivation/scalars.ts";
import { graph, node, response, tensor } from "../support/answers.ts";

it("can derive a scalar that came of something, by its name", () => {
  const made = { roles: [{ requires_grad: true, is_leaf: false }] };
  const run = response({
    tensors: [
      tensor({ id: "t1", names: ["leaf"], roles: [{ requires_grad: true }] }),
      tensor({ id: "t2", names: ["out", "alias"], ...made }),
      tensor({ id: "t3", names: ["column"], layout: { shape: [1, 1] }, ...made }),
      tensor({ id: "t4", names: ["vector"], layout: { shape: [3] }, ...made }),
      tensor({ id: "t5", ...made }),
      tensor({ id: "t6", names: ["plain"] }),
    ],
  });
  expect(scalarsOf(run)).toEqual(["out", "column"]);
});

describe("a step", () => {
  const run = response({
    graphs: [
      graph({ id: "g1", nodes: [node({ id: "f1" }), node({ id: "t1", tensor: "t1" })] }),
      graph({ id: "g2", nodes: [node({ id: "f1" })] }),
    ],
  });
  const step = (parts: Partial<ChainStep>): ChainStep => ({
    label: "out",
    latex: "out",
    name: "MulBackward0",
    function: null,
    tensor: null,
    operation: null,
    expression: null,
    span: null,
    leaf: false,
    gradients: [],
    derivatives: [],
    ...parts,
  });

  it("belongs to its node in the graph that is shown", () => {
    expect(targetOf(run, step({ function: "f1" }))).toEqual({ kind: "node", graph: "g1", node: "f1" });
    expect(targetOf(run, step({ function: "f1" }), "g2")).toEqual({ kind: "node", graph: "g2", node: "f1" });
  });

  it("belongs to the node of its tensor where it is a leaf", () => {
    expect(targetOf(run, step({ function: "f5", tensor: "t1" }))).toEqual({ kind: "node", graph: "g1", node: "t1" });
  });

  it("belongs to its tensor where no graph has it", () => {
    expect(targetOf(run, step({ tensor: "t9" }))).toEqual({ kind: "tensor", tensor: "t9" });
    expect(targetOf(run, step({}))).toBeNull();
  });
});
