import { describe, expect, it } from "vitest";

import type { NodeMoment } from "../../src/graph/moments.ts";
import { nodeNames } from "../../src/graph/node-names.ts";
import { locale } from "../../src/i18n/index.ts";
import { full, graph, node } from "../support/answers.ts";

const GRAPH = graph({
  id: "g1",
  nodes: [
    node({ id: "t1", kind: "leaf", label: "w", tensor: "t1", function: "AccumulateGrad", shape: [2, 2] }),
    node({ id: "f1", kind: "operation", label: "y", tensor: "t2", function: "MulBackward0", shape: [2, 2] }),
  ],
});
const CARDS = new Map([
  ["t1", { title: "v", value: [" 1.  2.", "30.  4."], gradient: ["None"] }],
  ["f1", { title: null, value: ["1.  2."], gradient: ["5.  6."] }],
]);

function named(id: string, given: { moments?: Map<string, NodeMoment>; ahead?: string[] } = {}) {
  const { moments = new Map<string, NodeMoment>(), ahead = [] } = given;
  return nodeNames({ graph: GRAPH, moments, cards: CARDS, ahead: new Set(ahead) }, locale.strings).get(id);
}

describe("the name of a node", () => {
  it("has the numbers of its card, row by row, and the names of then", () => {
    expect(named("t1")).toBe("leaf, v, AccumulateGrad, (2, 2), value 1. 2.; 30. 4., .grad None");
  });

  it("tells a gradient that passed through from one that is kept", () => {
    expect(named("f1")).toBe("operation, y, MulBackward0, (2, 2), value 1. 2., gradient passed through 5. 6.");
  });

  it("says of a node that is still to come that it is, and no numbers", () => {
    expect(named("f1", { ahead: ["f1"] })).toBe("operation, y, MulBackward0, (2, 2), not reached yet");
  });

  it("leaves out numbers that are awaited", () => {
    const moment = { there: true, names: [], shape: [2, 2], dtype: "float32", value: full(1), gradient: null };
    const awaited = { kind: "awaited", chunk: 0, missing: null } as unknown as NodeMoment["value"];
    expect(named("f1", { moments: new Map([["f1", { ...moment, value: awaited }]]) })).not.toContain("value");
  });
});
