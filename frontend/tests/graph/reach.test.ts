import { describe, expect, it } from "vitest";

import { flowingAt } from "../../src/graph/flowing.ts";
import { aheadOf, reachOf } from "../../src/graph/reach.ts";
import { refolded, UNFOLDED } from "../../src/run/redrawing.ts";
import { Timeline } from "../../src/timeline/timeline.ts";
import { full, functionRun, graph, node, pass, response, step, tensor } from "../support/answers.ts";

const GRAPH = graph({
  id: "g1",
  nodes: [
    node({ id: "t1", kind: "leaf", tensor: "t1", group: "m1" }),
    node({ id: "k1", kind: "folded", group: "m1" }),
    node({ id: "f1", kind: "result", tensor: "t3", operation: "op3" }),
  ],
  edges: [
    { id: "e1", source: "t1", target: "k1", tensor: null, gradient: null, count: 1 },
    { id: "e2", source: "k1", target: "f1", tensor: "t2", gradient: full(3), count: 1 },
  ],
  groups: [{ id: "m1", kind: "module", label: "net", type: "Net", call: 1, parent: null, round: 1, rounds: 1 }],
  folded: [
    {
      id: "k1",
      kind: "repetition",
      label: "",
      count: 3,
      members: ["f2", "f3"],
      pattern: [],
      type: null,
      parts: [],
      features: null,
      operations: [],
    },
  ],
});

const TIMELINE = new Timeline(
  response({
    tensors: [tensor({ id: "t1" }), tensor({ id: "t2" }), tensor({ id: "t3" })],
    steps: [
      step({ ref: "op1", outputs: ["t1"] }),
      step({ ref: "op2", outputs: ["t2"] }),
      step({ ref: "op3", outputs: ["t3"] }),
      step({ ref: "b1", kind: "backward", name: "" }),
      step({ ref: "f1", kind: "function", name: "" }),
      step({ ref: "f2", kind: "function", name: "" }),
      step({ ref: "f9", kind: "function", name: "" }),
    ],
    backwards: [
      pass({
        id: "b1",
        graphs: ["g1"],
        gradients: [full(1), full(3)],
        runs: [
          functionRun({ function: "f1", arrived: [0], next: [{ function: "f2", slot: 0 }], sent: [1] }),
          functionRun({ function: "f2", tensor: "t2", arrived: [1] }),
          functionRun({ function: "f9", accumulation: { tensor: "t1", before: null, added: 1, after: 1 } }),
        ],
      }),
    ],
    graphs: [GRAPH],
  }),
);

describe("what of a graph is still to come", () => {
  const reach = reachOf(TIMELINE, GRAPH);
  const ahead = (index: number | null) => {
    const { nodes, gradients, edges } = aheadOf(GRAPH, reach, index);
    return [[...nodes], [...gradients], [...edges]];
  };

  it("is what the program has not made, and every gradient before the pass", () => {
    expect(ahead(0)).toEqual([["f1"], ["t1", "k1", "f1"], ["e2"]]);
    expect(ahead(2)).toEqual([[], ["t1", "k1", "f1"], []]);
  });

  it("is less with every function of the pass, and nothing at the end", () => {
    expect(ahead(4)).toEqual([[], ["t1", "k1"], []]);
    expect(ahead(5)).toEqual([[], ["t1"], []]);
    expect(ahead(null)).toEqual([[], [], []]);
  });

  it("has the gradients that a function sends along the edges into it", () => {
    expect([...flowingAt(TIMELINE, GRAPH, 4)]).toEqual([["e2", "3"]]);
    expect(flowingAt(TIMELINE, GRAPH, 2).size).toBe(0);
  });
});

describe("a choice of what is folded", () => {
  it("opens a folded node by showing what it hides, and closing a module takes that back", () => {
    const opened = refolded(UNFOLDED, GRAPH, { kind: "open", id: "k1" });
    expect(opened).toEqual({ open: ["f2"], closed: [] });
    const drawn = { ...GRAPH, nodes: [...GRAPH.nodes, node({ id: "f2", group: "m1" })] };
    expect(refolded(opened, drawn, { kind: "close", id: "m1" })).toEqual({ open: [], closed: ["m1"] });
  });
});
