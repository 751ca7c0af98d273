import { describe, expect, it } from "vitest";

import { graphAt, graphFor, lights, lightsAt, litIn } from "../../src/timeline/lights.ts";
import { graph, node, pass, response, step } from "../support/answers.ts";

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

  it("is the folded module that something is inside of, in its own graph alone", () => {
    const fold = { label: "net.0", count: 1, pattern: [], type: null, parts: [], features: null };
    const graphs = ["g1", "g2"].map((id, at) =>
      graph({
        id,
        nodes: [node({ id: "k1", kind: "folded", tensor: `t${at + 5}` })],
        folded: [{ ...fold, id: "k1", kind: "module", members: ["t9", `f${at}`], operations: [`op${at}`] }],
      }),
    );
    const run = response({
      graphs,
      steps: [step({ ref: "op1", outputs: ["t7"] })],
      backwards: [pass({ id: "b1", graphs: ["g1"] })],
    });
    expect([...lightsAt(run, 0).nodes]).toEqual(["g2-k1"]);
    expect([...lights(run, { kind: "tensor", tensor: "t5" }).nodes]).toEqual(["g1-k1"]);
    expect([...lights(run, { kind: "tensor", tensor: "t9" }).nodes]).toEqual(["g1-k1", "g2-k1"]);
    expect(graphAt(run, 0, null)).toBe("g2");
    const lit = new Set(["t1", "g1-k1", "g2-k2"]);
    expect([...litIn(lit, "g2")]).toEqual(["t1", "k2"]);
    expect(litIn(lit, "g2")).toBe(litIn(lit, "g2"));
  });

  it("is in the graph that has the tensor, and else in the one that is shown", () => {
    expect(graphFor(RUN, "t2", null)).toBe("g1");
    expect(graphFor(RUN, "t9", "g7")).toBe("g7");
  });
});
