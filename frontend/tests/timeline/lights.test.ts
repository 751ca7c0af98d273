import { describe, expect, it } from "vitest";

import { graphFor, lights } from "../../src/timeline/lights.ts";
import { graph, node, response, step } from "../support/answers.ts";

const span = { cell: 0, line: 1, column: 0, end_line: 1, end_column: 5 };
const RUN = response({
  graphs: [
    graph({
      id: "g1",
      nodes: [node({ id: "t1", tensor: "t1" }), node({ id: "f2", tensor: "t2", span }), node({ id: "f3" })],
    }),
  ],
  steps: [step({ ref: "o1", outputs: ["t1"], span: { ...span, line: 7 } })],
});

describe("what lights up", () => {
  it("for a node is its tensor and the source that made it", () => {
    const lit = lights(RUN, { kind: "node", graph: "g1", node: "f2" });
    expect([...lit.tensors]).toEqual(["t2"]);
    expect(lit.span).toEqual(span);
  });

  it("for a tensor is its nodes, and its operation's source where no node tells", () => {
    const lit = lights(RUN, { kind: "tensor", tensor: "t1" });
    expect([...lit.nodes]).toEqual(["t1"]);
    expect(lit.span?.line).toBe(7);
  });

  it("for a node without a tensor is the node alone, and for nothing is nothing", () => {
    expect([...lights(RUN, { kind: "node", graph: "g1", node: "f3" }).nodes]).toEqual(["f3"]);
    expect(lights(RUN, null).nodes.size).toBe(0);
  });

  it("is in the graph that has the tensor, and else in the one that is shown", () => {
    expect(graphFor(RUN, "t2", null)).toBe("g1");
    expect(graphFor(RUN, "t9", "g7")).toBe("g7");
  });
});
