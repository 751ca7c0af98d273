import { expect, it } from "vitest";

import type { RunResponse } from "../../src/api/schema.ts";
import { graphAt } from "../../src/timeline/lights.ts";
import { graphDuring, leftOut } from "../../src/timeline/rounds.ts";
import { timelineOf } from "../../src/timeline/timeline.ts";
import { graph, node, operation, pass, response, step, tensor } from "../support/answers.ts";

/** Three rounds of `loss = w * w; loss.backward(); w -= w.grad`. The graph of the first was left out. */
const RUN: RunResponse = response({
  tensors: [tensor({ id: "t1", names: ["w"], history: [{ step: 0, version: 0, values: null }] })],
  operations: [1, 2, 3].map((round) => operation({ id: `op${round}`, inputs: ["t1"] })),
  graphs: [2, 3].map((round) =>
    graph({
      id: `g${round - 1}`,
      nodes: [
        node({ id: "t1", kind: "leaf", tensor: "t1" }),
        node({ id: `f${round}`, kind: "result", operation: `op${round}` }),
      ],
    }),
  ),
  backwards: [1, 2, 3].map((round) => pass({ id: `b${round}`, graphs: round === 1 ? [] : [`g${round - 1}`] })),
  steps: [1, 2, 3].flatMap((round) => [
    step({ ref: `op${round}` }),
    step({ ref: `b${round}`, kind: "backward" }),
    step({ ref: `s${round}`, kind: "statement", changed: [{ id: "t1", version: 0 }] }),
  ]),
  truncated: [{ what: "graphs", limit: 2 }],
});

it("a step after a backward pass belongs to the graph of that", () => {
  const timeline = timelineOf(RUN);
  expect([3, 4, 5, 6, 8].map((index) => graphDuring(timeline, index))).toEqual(["g1", "g1", "g1", "g2", "g2"]);
});

it("a step that writes a parameter shows the graph of its round, whatever graph was shown", () => {
  expect([5, 8].map((index) => graphAt(RUN, index, "g2"))).toEqual(["g1", "g2"]);
  expect([5, 8].map((index) => graphAt(RUN, index, "g1"))).toEqual(["g1", "g2"]);
});

it("the graph of a step in a round before all graphs was left out", () => {
  const timeline = timelineOf(RUN);
  expect([0, 1, 2, 3, 8, null].map((index) => leftOut(timeline, index))).toEqual([
    true,
    true,
    true,
    false,
    false,
    false,
  ]);
  expect(graphAt(RUN, 2, "g2")).toBe("g1");
});

it("no graph was left out where a run has all of them", () => {
  const whole = timelineOf({ ...RUN, truncated: [] });
  expect([0, 2, 3].map((index) => leftOut(whole, index))).toEqual([false, false, false]);
});
