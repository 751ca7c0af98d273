import { describe, expect, it } from "vitest";

import { lightsAt } from "../../src/timeline/lights.ts";
import { holdingsAt } from "../../src/timeline/holdings.ts";
import { framesAfter } from "../../src/timeline/frames.ts";
import { Timeline, timelineOf } from "../../src/timeline/timeline.ts";
import { full, functionRun, node, pass, response, step, tensor } from "../support/answers.ts";

const bound = (name: string, value: string) => ({ name, type: "torch.Tensor", text: null, value });
const statement = { kind: "statement", name: "" } as const;
const span = { cell: 0, line: 2, column: 0, end_line: 2, end_column: 5 };

/** x = 1; x is written in place; out = x * 2; out.backward() */
const RUN = response({
  tensors: [
    tensor({
      id: "t1",
      names: ["w"],
      values: full(5),
      grad: full(2),
      history: [
        { step: 0, version: 0, values: full(1) },
        { step: 2, version: 1, values: null },
      ],
    }),
    tensor({ id: "t2", names: ["out"], values: full(10), history: [{ step: 3, version: 0, values: null }] }),
  ],
  steps: [
    step({ ref: "op1", outputs: ["t1"], changed: [{ id: "t1", version: 0 }] }),
    step({ ref: "s1", ...statement, bound: [bound("w", "t1")] }),
    step({ ref: "op2", outputs: ["t1"], changed: [{ id: "t1", version: 1 }] }),
    step({ ref: "op3", outputs: ["t2"], span, changed: [{ id: "t2", version: 0 }] }),
    step({ ref: "b1", kind: "backward", name: "" }),
    step({ ref: "f1", kind: "function", name: "" }),
    step({ ref: "f2", kind: "function", name: "" }),
  ],
  backwards: [
    pass({
      id: "b1",
      graphs: ["g1"],
      gradients: [full(1), full(2)],
      runs: [
        functionRun({ function: "f1", tensor: "t2", operation: "op3", arrived: [0], sent: [1] }),
        functionRun({
          function: "f2",
          tensor: "t1",
          arrived: [1],
          accumulation: { tensor: "t1", before: null, added: 1, after: 1 },
        }),
      ],
    }),
  ],
  graphs: [
    {
      id: "g1",
      root: "f1",
      root_name: "out",
      backward: true,
      nodes: [node({ id: "t1", tensor: "t1" }), node({ id: "f1", tensor: "t2", operation: "op3", span })],
      edges: [{ id: "e1", source: "t1", target: "f1", tensor: "t1", gradient: full(2), count: 1 }],
      groups: [],
      folded: [],
      elided: 0,
      svg: null,
      dot: "",
      like: null,
    },
  ],
});

describe("a moment of a run", () => {
  const timeline = timelineOf(RUN);

  it("holds what exists then, with the value and the names that it has then", () => {
    const [w, ...others] = holdingsAt(timeline, 0);
    expect(others).toEqual([]);
    expect(w?.version.values).toEqual(full(1));
    expect(w?.names).toEqual([]);
    expect(holdingsAt(timeline, 1)[0]?.names).toEqual(["w"]);
  });

  it("tells the value before a step that writes in place, and nothing before one that makes", () => {
    const written = holdingsAt(timeline, 2)[0];
    expect(written?.version).toMatchObject({ index: 1, counter: 1, values: full(5) });
    expect(written?.before?.values).toEqual(full(1));
    expect(holdingsAt(timeline, 0)[0]?.before).toBeNull();
    expect(holdingsAt(timeline, 3)[0]?.changed).toBe(false);
  });

  it("has a gradient from the step on that brings it, in .grad for a leaf alone", () => {
    expect(timeline.gradient("t2", 4)).toBeNull();
    expect(timeline.gradient("t2", 5)).toEqual({ values: full(1), kept: false, step: 5 });
    expect(timeline.gradient("t1", 5)).toBeNull();
    expect(timeline.gradient("t1", 6)).toEqual({ values: full(2), kept: true, step: 6 });
    expect(timeline.gradient("t1", null)).toEqual({ values: full(2), kept: true, step: 6 });
  });

  it("keeps a gradient from its arrival on after retain_grad(), with what .grad had before", () => {
    const retained = timelineOf(
      response({
        ...RUN,
        steps: [...RUN.steps, step({ ref: "op4" }), step({ ref: "s7", ...statement })],
        tensors: RUN.tensors.map((one) => ({
          ...one,
          grad_changes: one.id === "t2" ? [{ step: 8, values: full(4) }] : [],
        })),
      }),
    );
    expect(retained.gradient("t2", 4)).toBeNull();
    expect(retained.gradient("t2", 5)).toEqual({ values: full(4), kept: true, step: 5 });
    expect(retained.gradient("t2", 8)?.values).toEqual(full(4));
  });

  it("has the gradient that the program made of it, and none where the program cleared it", () => {
    const changed = response({
      ...RUN,
      steps: [...RUN.steps, step({ ref: "s7", ...statement }), step({ ref: "s8", ...statement })],
      tensors: RUN.tensors.map((one) => ({
        ...one,
        grad: null,
        grad_changes:
          one.id === "t1"
            ? [
                { step: 7, values: full(0) },
                { step: 8, values: null },
              ]
            : [],
      })),
    });
    const cleared = timelineOf(changed);
    expect(cleared.gradient("t1", 6)?.values).toEqual(full(2));
    expect(cleared.gradient("t1", 7)?.values).toEqual(full(0));
    expect(cleared.gradient("t1", 8)).toBeNull();
    expect(cleared.gradient("t1", null)).toBeNull();
    expect([...cleared.changed(8)]).toEqual(["t1"]);
  });

  it("lights the source, the node and the edges of a backward function", () => {
    const lit = lightsAt(RUN, 5);
    expect(lit.span).toEqual(span);
    expect([...lit.nodes]).toEqual(["f1"]);
    expect([...lit.edges]).toEqual(["g1-e1"]);
    expect([...lit.tensors]).toEqual(["t2"]);
    expect([...lightsAt(RUN, 6).nodes]).toEqual(["t1"]);
    expect(lightsAt(RUN, null).nodes.size).toBe(0);
  });
});

describe("names", () => {
  it("of functions in which the program stopped are there at the end", () => {
    const stopped = new Timeline(
      response({
        tensors: [tensor({ id: "t1", names: ["x"] }), tensor({ id: "t2" })],
        steps: [
          step({ ref: "c1", kind: "call", scope: "f", frame: 1, bound: [bound("v", "t1"), bound("k", "t2")] }),
          step({ ref: "e1", kind: "error", scope: "f", frame: 1 }),
        ],
      }),
    );
    expect(stopped.namesOf("t1", null)).toEqual(["x", "v"]);
    expect(stopped.namesOf("t2", null)).toEqual(["k"]);
  });

  it("are those of the cells and of the calls that go on", () => {
    const steps = [
      step({ ref: "1", ...statement, bound: [bound("x", "t1")] }),
      step({ ref: "2", kind: "call", scope: "f", frame: 1, bound: [bound("a", "t1")] }),
      step({ ref: "3", ...statement, scope: "f", frame: 1, bound: [bound("b", "t2")], unbound: ["a"] }),
      step({ ref: "4", ...statement, bound: [bound("y", "t2")] }),
    ];
    const called = framesAfter(steps.slice(0, 3));
    expect(called.map(({ scope, names }) => [scope, ...names.map(({ name }) => name)])).toEqual([
      ["", "x"],
      ["f", "b"],
    ]);
    expect(framesAfter(steps).map(({ names }) => names.map(({ name }) => name))).toEqual([["x", "y"]]);
  });
});
