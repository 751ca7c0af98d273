import { describe, expect, it } from "vitest";

import { as } from "../../src/api/filled.ts";

describe("what an answer says once", () => {
  it("about an operation is in its step, too", () => {
    const span = { cell: 0, line: 1, column: 4, end_line: 1, end_column: 9 };
    const operation = { id: "op1", name: "torch.add", span, expression: "x + y", inputs: ["t1"], outputs: ["t2"] };
    const answer = as("RunResponse")({
      operations: [operation],
      steps: [
        { kind: "operation", ref: "op1", changed: [{ id: "t2" }] },
        { kind: "operation", ref: "op2" },
        { kind: "function", ref: "op1" },
      ],
    });
    expect(answer.steps[0]).toMatchObject({ name: "torch.add", span, expression: "x + y", outputs: ["t2"] });
    expect(answer.steps[1]).toMatchObject({ ref: "op2", name: "", span: null, inputs: [] });
    expect(answer.steps[2]).toMatchObject({ ref: "op1", name: "", span: null, inputs: [] });
  });

  it("stays as a step says it without operations", () => {
    const answer = as("RunResponse")({
      steps: [{ kind: "operation", ref: "op1", name: "torch.sub", outputs: ["t3"] }],
    });
    expect(answer.steps[0]).toMatchObject({ name: "torch.sub", outputs: ["t3"], inputs: [], expression: null });
  });

  it("of a loop is in each operation that is like another one", () => {
    const span = { cell: 0, line: 1, column: 4, end_line: 1, end_column: 9 };
    const argument = (text: string): object => ({ name: null, text });
    const first = {
      ...{ id: "op1", name: "torch.mul", span, inputs: ["t1", "t2"], outputs: ["t3"], memory: [{ kind: "new" }] },
      ...{ arguments: ["t1", "2", "t2"].map(argument), module: { path: "m", type: "M", call: 1 } },
    };
    const later = {
      id: "op2",
      name: "torch.mul",
      like: "op1",
      inputs: ["t3", "t4"],
      outputs: ["t5"],
      module: { call: 2 },
    };
    const { operations } = as("RunResponse")({ operations: [first, later] });
    expect(operations[1]).toMatchObject({ ...later, span, module: { path: "m", type: "M", call: 2 } });
    expect(operations[1]?.arguments.map(({ text }) => text)).toEqual(["t3", "2", "t4"]);
    expect(operations[1]?.memory).toEqual([{ kind: "new", of: null }]);
    expect(operations[0]?.module).toEqual({ path: "m", type: "M", call: 1 });
  });

  it("of a loop is in each pass that is like another one, and in its runs", () => {
    const runs = [
      { function: "f1", name: "MulBackward0", arrived: [0], sent: [1] },
      { function: "f2", name: "Leaf" },
    ];
    const first = { id: "b1", kind: "backward", expression: "loss.backward()", inputs: null, gradients: [], runs };
    const later = { id: "b2", like: "b1", gradients: [], runs: [{ function: "f3", sent: [2] }, { function: "f2" }] };
    const { backwards } = as("RunResponse")({ backwards: [first, later] });
    expect(backwards[1]).toMatchObject({ id: "b2", kind: "backward", expression: "loss.backward()", inputs: null });
    expect(backwards[1]?.runs).toMatchObject([
      { function: "f3", name: "MulBackward0", arrived: [0], sent: [2] },
      { function: "f2", name: "Leaf", arrived: [], sent: [] },
    ]);
  });

  it("of values is wherever they belong, in single precision", () => {
    const place = (index: number): object => ({ kind: "repeated", index });
    const answer = as("RunResponse")({
      tensors: [{ id: "t1", values: place(1), history: [{ step: 0, values: place(0) }, { step: 1 }], roles: [] }],
      backwards: [{ gradients: [place(0), { kind: "full", data: 3 }], runs: [] }],
      graphs: [{ nodes: [{ id: "t1", grad: place(0) }], edges: [], groups: [], folded: [] }],
      repeated: [
        { kind: "full", data: [0.1, 2], single: true },
        { kind: "full", data: [4] },
      ],
    });
    const first = { kind: "full", data: [Math.fround(0.1), 2], single: true };
    expect(answer.tensors[0]?.values).toEqual({ kind: "full", data: [4], single: false });
    expect(answer.tensors[0]?.history[0]?.values).toEqual(first);
    expect(answer.backwards[0]?.gradients).toEqual([first, { kind: "full", data: 3, single: false }]);
    expect(answer.graphs[0]?.nodes[0]?.grad).toEqual(first);
  });
});
