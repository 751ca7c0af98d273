import { describe, expect, it } from "vitest";

import type { ArrayRecord } from "../../src/api/schema.ts";
import { en } from "../../src/i18n/en/index.ts";
import { countersAt } from "../../src/memory/counters.ts";
import { overviewOf, runs } from "../../src/memory/overview.ts";
import { storagesAt } from "../../src/memory/storages.ts";
import { stripOf } from "../../src/memory/strip.ts";
import { operationsUntil, sentenceAt } from "../../src/memory/words.ts";
import { timelineOf } from "../../src/timeline/timeline.ts";
import { full, operation, relaidRun, response, step, tensor } from "../support/answers.ts";

const statement = { kind: "statement", name: "" } as const;
const bound = (name: string, value: string) => ({ name, type: "torch.Tensor", text: null, value });

const ARRAY: ArrayRecord = {
  id: "a1",
  names: ["n"],
  layout: { shape: [2, 2], dtype: "float32", storage: "s1", offset: 0, strides: [8, 4] },
  values: full([
    [9, 1],
    [9, 7],
  ]),
  history: [
    {
      step: 4,
      version: null,
      values: full([
        [0, 1],
        [2, 3],
      ]),
      layout: null,
    },
    {
      step: 5,
      version: null,
      values: full([
        [9, 1],
        [9, 3],
      ]),
      layout: null,
    },
    { step: 6, version: null, values: null, layout: null },
  ],
};

/** x = arange(4).reshape(2, 2); c = x[:, 0]; n = x.numpy(); c += … (to 9); n[1, 1] = 7; k = x.clone() */
const RUN = response({
  tensors: [
    tensor({
      id: "t1",
      names: ["x"],
      layout: { shape: [2, 2], stride: [2, 1], storage: "s1" },
      version: 1,
      values: full([
        [9, 1],
        [9, 7],
      ]),
      history: [
        {
          step: 0,
          version: 0,
          values: full([
            [0, 1],
            [2, 3],
          ]),
        },
        {
          step: 5,
          version: 1,
          values: full([
            [9, 1],
            [9, 3],
          ]),
        },
        { step: 6, version: 1, values: null },
      ],
    }),
    tensor({
      id: "t2",
      names: ["c"],
      layout: { shape: [2], stride: [2], storage: "s1" },
      version: 1,
      view_of: "t1",
      values: full([9, 9]),
      history: [
        { step: 2, version: 0, values: full([0, 2]) },
        { step: 5, version: 1, values: null },
      ],
    }),
    // A view of what nobody wrote, which has lived no longer than its own step.
    tensor({
      id: "t3",
      layout: { shape: [2], stride: [2], offset: 1, storage: "s1" },
      version: 1,
      view_of: "t1",
      values: full([1, 3]),
      history: [{ step: 3, version: 0, values: null }],
    }),
    tensor({
      id: "t4",
      names: ["k"],
      layout: { shape: [2, 2], stride: [2, 1], storage: "s2" },
      values: full([
        [9, 1],
        [9, 7],
      ]),
      history: [{ step: 7, version: 0, values: null }],
    }),
    tensor({ id: "t5", names: ["sparse"], layout: { shape: [2] }, history: [{ step: 0, version: 0, values: null }] }),
  ],
  arrays: [ARRAY],
  storages: [
    { id: "s1", nbytes: 16, device: "cpu", members: ["t1", "t2", "t3"], ranges: [] },
    { id: "s2", nbytes: 16, device: "cpu", members: ["t4"], ranges: [] },
  ],
  operations: [
    operation({
      id: "op1",
      expression: "make()",
      outputs: ["t1"],
      memory: [{ kind: "new", of: null }],
    }),
    operation({
      id: "op2",
      name: "torch.Tensor.__getitem__",
      expression: "x[:, 0]",
      inputs: ["t1"],
      outputs: ["t2"],
      memory: [{ kind: "view", of: "t1" }],
    }),
    operation({
      id: "op3",
      expression: "x[:, 1]",
      inputs: ["t1"],
      outputs: ["t3"],
      memory: [{ kind: "view", of: "t1" }],
    }),
    operation({
      id: "op4",
      name: "torch.Tensor.add_",
      expression: "c += d",
      inputs: ["t2"],
      outputs: ["t2"],
      memory: [{ kind: "same", of: "t2" }],
      writes: [{ tensor: "t2", before: 0, after: 1 }],
    }),
    operation({ id: "op5", expression: "x.clone()", outputs: ["t4"], memory: [{ kind: "new", of: null }] }),
  ],
  steps: [
    step({ ref: "op1", outputs: ["t1"], expression: "make()", changed: [{ id: "t1", version: 0 }] }),
    step({ ref: "s1", ...statement, bound: [bound("x", "t1")] }),
    step({
      ref: "op2",
      outputs: ["t2"],
      expression: "x[:, 0]",
      bound: [bound("c", "t2")],
      changed: [{ id: "t2", version: 0 }],
    }),
    step({ ref: "op3", outputs: ["t3"], expression: "x[:, 1]", changed: [{ id: "t3", version: 0 }] }),
    step({ ref: "s4", ...statement, bound: [bound("n", "a1")], changed: [{ id: "a1", version: 0 }] }),
    step({
      ref: "op4",
      outputs: ["t2"],
      changed: [
        { id: "t1", version: 1 },
        { id: "t2", version: 1 },
        { id: "a1", version: 1 },
      ],
    }),
    step({
      ref: "s6",
      ...statement,
      changed: [
        { id: "t1", version: 2 },
        { id: "a1", version: 2 },
      ],
    }),
    step({ ref: "op5", outputs: ["t4"], expression: "x.clone()", changed: [{ id: "t4", version: 0 }] }),
  ],
});
const timeline = timelineOf(RUN);

/** x = arange(6).reshape(2, 3); x.t_(); x.data = ones(1) */
const RELAID = timelineOf(relaidRun());

function memoryOf(index: number) {
  const [found] = storagesAt(RELAID, index);
  if (found === undefined) throw new Error("no storage");
  return found;
}

function memoryAt(index: number | null, storage = "s1") {
  const found = storagesAt(timeline, index).find((memory) => memory.storage.id === storage);
  if (found === undefined) throw new Error("no such storage yet");
  return found;
}

describe("the storages of a run", () => {
  it("have the windows that exist at a step", () => {
    const ids = (index: number | null) =>
      storagesAt(timeline, index).map(({ storage, windows }) => [storage.id, ...windows.map(({ id }) => id)]);
    expect(ids(0)).toEqual([["s1", "t1"]]);
    expect(ids(4)).toEqual([["s1", "t1", "t2", "t3", "a1"]]);
    expect(ids(null)).toEqual([
      ["s1", "t1", "t2", "t3", "a1"],
      ["s2", "t4"],
    ]);
  });

  it("tell how each window came to look at them", () => {
    expect(memoryAt(null).windows.map(({ origin }) => origin)).toEqual([
      { kind: "own", expression: "make()" },
      { kind: "view", expression: "x[:, 0]", of: "x" },
      { kind: "view", expression: "x[:, 1]", of: "x" },
      { kind: "array", expression: null },
    ]);
    expect(memoryAt(null, "s2").windows[0]?.origin.kind).toBe("own");
  });

  it("say which windows the step made and through which its write is seen", () => {
    expect(memoryAt(4).windows.map(({ fresh }) => fresh)).toEqual([false, false, false, true]);
    expect(memoryAt(5).windows.map(({ changed }) => changed)).toEqual([true, true, false, true]);
    expect(memoryAt(null).windows.some(({ fresh, changed }) => fresh || changed)).toBe(false);
  });

  it("have a tensor as it lay then, where it was laid out anew or given other memory", () => {
    expect(storagesAt(RELAID, 0).map(({ storage, windows }) => [storage.id, windows[0]?.layout.shape])).toEqual([
      ["s1", [2, 3]],
    ]);
    expect(memoryOf(1).windows[0]?.layout).toMatchObject({ shape: [3, 2], strides: [4, 12] });
    expect(memoryOf(1).windows[0]).toMatchObject({ relaid: true, changed: false });
    expect(storagesAt(RELAID, 2).map(({ storage }) => storage.id)).toEqual(["s2"]);
    expect(RELAID.onStorage("s1", 1)).toEqual(["t1"]);
    expect(RELAID.onStorage("s1", 2)).toEqual([]);
  });

  it("say that nothing is written where a tensor is laid out anew", () => {
    const strip = stripOf(RELAID, memoryOf(1));
    expect(Array.from({ length: 6 }, (_, at) => [strip.element(at), strip.was(at)])).toEqual(
      [0, 1, 2, 3, 4, 5].map((element) => [element, null]),
    );
    expect(sentenceAt(RELAID, 1, en.memory)).toBe(
      "`x.t_()` lays `x` out anew: no element is written. The version goes from 0 to 1.",
    );
    expect(sentenceAt(RELAID, 2, en.memory)).toBe("`x` looks at other memory now.");
  });
});

describe("a strip", () => {
  const elements = (index: number | null) => {
    const strip = stripOf(timeline, memoryAt(index));
    return Array.from({ length: strip.count }, (_, unit) => [strip.element(unit), strip.was(unit)]);
  };

  it("has the elements as they are at the step, and those that it changed as they were", () => {
    expect(elements(4)).toEqual([
      [0, null],
      [1, null],
      [2, null],
      [3, null],
    ]);
    expect(elements(5)).toEqual([
      [9, 0],
      [1, null],
      [9, 2],
      [3, null],
    ]);
  });

  it("believes what was written last over a tensor that lives no longer", () => {
    expect(elements(6)[3]).toEqual([7, 3]);
    expect(elements(null)[3]).toEqual([7, null]);
  });

  it("counts in units of the smallest element that is seen in it", () => {
    const [memory] = storagesAt(
      timelineOf(
        response({
          tensors: [
            tensor({
              id: "t1",
              layout: { shape: [2], stride: [1], storage: "s1", dtype: "torch.int32" },
              values: full([1, 2]),
            }),
            tensor({
              id: "t2",
              layout: { shape: [8], stride: [1], storage: "s1", dtype: "torch.uint8" },
              values: full([1, 0, 0, 0, 2, 0, 0, 0]),
            }),
          ],
          storages: [{ id: "s1", nbytes: 8, device: "cpu", members: ["t1", "t2"], ranges: [] }],
        }),
      ),
      null,
    );
    if (memory === undefined) throw new Error("no storage");
    const { unit, count, span, dtype } = stripOf(timeline, memory);
    expect([unit, count, span, dtype]).toEqual([1, 8, 1, "uint8"]);
  });

  it("has an overview of values, of what changed, and of what each window sees", () => {
    const memory = memoryAt(5);
    const overview = overviewOf(memory, stripOf(timeline, memory));
    expect(overview.parts).toBe(4);
    expect(overview.changed).toEqual([
      { from: 0, to: 1, level: 1 },
      { from: 2, to: 3, level: 1 },
    ]);
    expect(overview.windows[0]).toEqual([{ from: 0, to: 4, level: 4 }]);
    expect(overview.windows[1]?.map(({ from }) => from)).toEqual([0, 2]);
    expect(overview.values.find(({ from }) => from === 0)?.level).toBe(4);
  });
});

it("gathers equal neighbours, and leaves nothings out", () => {
  expect(runs([2, 2, 0, 0, -1, 2])).toEqual([
    { from: 0, to: 2, level: 2 },
    { from: 4, to: 5, level: -1 },
    { from: 5, to: 6, level: 2 },
  ]);
});

describe("version counters", () => {
  it("tick for a tensor and all of its views, seen or not", () => {
    const at = (index: number | null, id: string) => countersAt(timeline, index).get(id);
    expect(at(4, "t1")).toEqual({ value: 0, before: null });
    expect(at(5, "t1")).toEqual({ value: 1, before: 0 });
    expect(at(5, "t3")).toEqual({ value: 1, before: 0 });
    expect(at(6, "t2")).toEqual({ value: 1, before: null });
    expect(at(null, "t2")).toEqual({ value: 1, before: null });
  });
});

describe("what a step did to memory, in words", () => {
  const said = (index: number | null) => sentenceAt(timeline, index, en.memory);

  it("says whether an output is new or a view", () => {
    expect(said(0)).toBe("`make()` has memory of its own: nothing is shared.");
    expect(said(2)).toBe("`x[:, 0]` is a view: it looks at the memory of `x`, and nothing is copied.");
    expect(said(4)).toBe("`n` is a NumPy array that looks at the same memory: nothing is copied.");
  });

  it("says through which names a write is seen, and whether the version ticks", () => {
    expect(said(5)).toBe(
      "`c += d` writes into the memory of `c`, which is there already. " +
        "The change is seen through `x`, `c` and `n`. The version goes from 0 to 1.",
    );
    expect(said(6)).toBe(
      "Memory is written without torch, as NumPy does. The change is seen through `x` and `n`. " +
        "Version counters do not tick: torch did not see this write.",
    );
  });

  it("says so where nothing happens to it, and nothing at the end", () => {
    expect(said(1)).toBe("Memory stays as it is.");
    expect(said(null)).toBeNull();
  });

  it("tells every operation until then", () => {
    expect(operationsUntil(timeline, 5).map(({ kind, index }) => [kind, index])).toEqual([
      ["new", 0],
      ["view", 2],
      ["view", 3],
      ["written", 5],
    ]);
    expect(operationsUntil(timeline, null)).toHaveLength(5);
  });
});
