import { describe, expect, it } from "vitest";

import type { RunResponse } from "../../src/api/schema.ts";
import { holdingsAt } from "../../src/timeline/holdings.ts";
import { Timeline } from "../../src/timeline/timeline.ts";
import { type Card, cardOf } from "../../src/values/cards.ts";
import { full, functionRun, layout, operation, pass, response, step, summary, tensor } from "../support/answers.ts";

const SUMMARY = summary({ count: 9000 });

function cards(answer: RunResponse, step: number | null): Card[] {
  const timeline = new Timeline(answer);
  return holdingsAt(timeline, step).map((holding) => cardOf(timeline, step, holding, ["code"]));
}

describe("the card of a tensor", () => {
  const answer = response({
    steps: [
      step({ ref: "op1", outputs: ["t1"], changed: [{ id: "t1", version: 0 }] }),
      step({ ref: "op2", outputs: ["t1"], changed: [{ id: "t1", version: 1 }] }),
      step({ ref: "op3", outputs: [] }),
    ],
    tensors: [
      tensor({
        id: "t1",
        names: ["x"],
        layout: { shape: [2, 2] },
        values: full([
          [1, "NaN"],
          [3, 5],
        ]),
        history: [
          {
            step: 0,
            version: 0,
            values: full([
              [1, "NaN"],
              [3, 4],
            ]),
          },
          { step: 1, version: 1, values: null },
        ],
      }),
    ],
  });

  it("marks the elements that its step changed, and no others", () => {
    const changed = (step: number | null): number[] => [...(cards(answer, step)[0]?.layers[0]?.changed ?? [])];
    expect(changed(0)).toEqual([]);
    expect(changed(1)).toEqual([3]);
    expect(changed(2)).toEqual([]);
    expect(changed(null)).toEqual([]);
    expect([0, 1, 2].map((step) => cards(answer, step)[0]?.changed)).toEqual([true, true, false]);
  });

  it("asks for what is only summarised as it was then", () => {
    const [first] = answer.tensors;
    if (first === undefined) throw new Error("no tensor");
    const large = {
      ...answer,
      tensors: [
        {
          ...first,
          layout: layout({ shape: [90, 100] }),
          values: SUMMARY,
          history: [
            { step: 0, version: 0, values: SUMMARY, layout: null },
            { step: 1, version: 1, values: null, layout: null },
          ],
        },
      ],
    };
    const subject = (step: number | null): unknown => cards(large, step)[0]?.layers[0]?.subject;
    expect(subject(0)).toEqual({ cells: ["code"], subject: "t1", gradient: false, step: 0 });
    expect(subject(2)).toEqual({ cells: ["code"], subject: "t1", gradient: false, step: null });
    expect(cards(answer, null)[0]?.layers[0]?.subject).toBeNull();
  });

  it("has its gradient beside it, with what the step added", () => {
    const accumulated = (after: number): ReturnType<typeof functionRun> =>
      functionRun({
        function: "f1",
        tensor: "t1",
        arrived: [0],
        accumulation: { tensor: "t1", before: null, added: 0, after },
      });
    const passes = response({
      steps: [
        step({ ref: "op1", outputs: ["t1"], changed: [{ id: "t1", version: 0 }] }),
        step({ ref: "b1", kind: "backward" }),
        step({ ref: "f1", kind: "function" }),
        step({ ref: "b2", kind: "backward" }),
        step({ ref: "f1", kind: "function" }),
      ],
      backwards: [
        pass({ id: "b1", gradients: [full([1, 0])], runs: [accumulated(0)] }),
        pass({ id: "b2", gradients: [full([1, 0]), full([2, 0])], runs: [accumulated(1)] }),
      ],
      tensors: [
        tensor({
          id: "t1",
          names: ["x"],
          layout: { shape: [2] },
          values: full([1, 1]),
          grad: full([2, 0]),
          history: [{ step: 0, version: 0, values: null }],
        }),
      ],
    });
    const kinds = (step: number | null): string[] => cards(passes, step)[0]?.layers.map(({ kind }) => kind) ?? [];
    expect([kinds(0), kinds(2), kinds(null)]).toEqual([["value"], ["value", "gradient"], ["value", "gradient"]]);
    expect([...(cards(passes, 4)[0]?.layers[1]?.changed ?? [])]).toEqual([0]);
    expect(cards(passes, 2)[0]?.layers[1]?.values).toEqual(full([1, 0]));
  });

  it("names the arrays and tensors that share its memory, and is there for an array, too", () => {
    const shared = response({
      tensors: [
        tensor({ id: "t1", names: ["a"], layout: { storage: "s1" } }),
        tensor({ id: "t2", names: ["b"], layout: { storage: "s1" }, view_of: "t1" }),
      ],
      arrays: [
        {
          id: "a1",
          names: ["n"],
          layout: { shape: [], dtype: "float32", storage: "s1", offset: 0, strides: [] },
          values: full(0),
          history: [],
        },
      ],
      storages: [
        {
          id: "s1",
          nbytes: 4,
          device: "cpu",
          members: ["t1", "t2"],
          ranges: ["t1", "t2", "a1"].map((id) => ({ id, start: 0, end: 4 })),
        },
      ],
    });
    const found = cards(shared, null);
    expect(found.map(({ id }) => id)).toEqual(["t1", "t2", "a1"]);
    expect(found.map(({ sharing }) => sharing.map(({ name }) => name))).toEqual([["b", "n"], ["n"], ["a", "b"]]);
    expect(found.map(({ base }) => base?.name ?? null)).toEqual([null, "a", null]);
  });

  it("names what shares its memory and what it is a view of as they are called at the step", () => {
    const bind = (name: string, value: string) => [{ name, type: "torch.Tensor", text: null, value }];
    const since = (step: number) => [{ step, version: 0, values: null }];
    const answer = response({
      steps: [
        step({ ref: "op1", outputs: ["t1"], changed: [{ id: "t1", version: 0 }], bound: bind("a", "t1") }),
        step({ ref: "op2", outputs: ["t2"], changed: [{ id: "t2", version: 0 }], bound: bind("b", "t2") }),
        step({ ref: "op3", outputs: ["t3"], changed: [{ id: "t3", version: 0 }], bound: bind("c", "t3") }),
      ],
      operations: [
        operation({ id: "op1", outputs: ["t1"], memory: [{ kind: "new", of: null }] }),
        operation({ id: "op2", outputs: ["t2"], memory: [{ kind: "view", of: "t1" }] }),
        operation({ id: "op3", outputs: ["t3"], memory: [{ kind: "view", of: "t2" }] }),
      ],
      tensors: [
        tensor({ id: "t1", names: ["a"], layout: { storage: "s1" }, history: since(0) }),
        tensor({ id: "t2", names: ["b"], layout: { storage: "s1" }, view_of: "t1", history: since(1) }),
        tensor({ id: "t3", names: ["c"], layout: { storage: "s1" }, view_of: "t1", history: since(2) }),
      ],
      storages: [
        {
          id: "s1",
          nbytes: 4,
          device: "cpu",
          members: ["t1", "t2", "t3"],
          ranges: ["t1", "t2", "t3"].map((id) => ({ id, start: 0, end: 4 })),
        },
      ],
    });
    const sharing = (step: number | null): string[][] =>
      cards(answer, step).map((card) => card.sharing.map(({ name }) => name));
    expect([sharing(0), sharing(1)]).toEqual([[[]], [["b"], []]]);
    expect(cards(answer, 2).map(({ base }) => base?.name ?? null)).toEqual([null, "a", "b"]);
  });
});
