import { describe, expect, it } from "vitest";

import type { RunResponse } from "../../src/api/schema.ts";
import { locale } from "../../src/i18n/index.ts";
import { sentence } from "../../src/steps/sentence.ts";
import { Timeline } from "../../src/timeline/timeline.ts";
import { full, functionRun, operation, pass, response, step, tensor } from "../support/answers.ts";

const name = (own: string, value: string) => ({ name: own, type: "torch.Tensor", text: null, value });
const naming = (own: string, value: string) =>
  step({ ref: `s-${own}`, kind: "statement", name: "", bound: [name(own, value)] });

const span = (column: number, end: number) => ({ cell: 0, line: 1, column, end_line: 1, end_column: end });

function said(parts: Partial<RunResponse>, index: number | null): string {
  return sentence(new Timeline(response(parts)), index, locale.of("en").said);
}

const VIEWED: Partial<RunResponse> = {
  tensors: [
    tensor({ id: "t1", layout: { shape: [4] }, history: [{ step: 0, version: 0, values: full([0, 0, 0, 0]) }] }),
    tensor({ id: "t2", layout: { shape: [2, 2] }, history: [{ step: 2, version: 0, values: null }] }),
  ],
  steps: [
    step({ ref: "op1", expression: "torch.zeros(4)", outputs: ["t1"], changed: [{ id: "t1", version: 0 }] }),
    naming("a", "t1"),
    step({
      ref: "op2",
      expression: "a.view(2, 2)",
      inputs: ["t1"],
      outputs: ["t2"],
      changed: [{ id: "t2", version: 0 }],
    }),
    naming("v", "t2"),
    step({
      ref: "op3",
      expression: "v += 1",
      outputs: ["t2"],
      changed: [
        { id: "t1", version: 1 },
        { id: "t2", version: 1 },
      ],
    }),
    step({ ref: "op4", name: "torch.Tensor.item", expression: "a[0].item()", inputs: ["t1"] }),
    step({ ref: "s", kind: "statement", name: "", unbound: ["v"] }),
  ],
  operations: [
    operation({ id: "op1", outputs: ["t1"], output_shapes: [[4]], memory: [{ kind: "new", of: null }] }),
    operation({ id: "op2", outputs: ["t2"], output_shapes: [[2, 2]], memory: [{ kind: "view", of: "t1" }] }),
    operation({
      id: "op3",
      outputs: ["t2"],
      writes: [{ tensor: "t2", before: 0, after: 1 }],
      memory: [{ kind: "same", of: "t2" }],
      output_shapes: [[2, 2]],
    }),
    operation({ id: "op4", inputs: ["t1"] }),
  ],
};

describe("the sentence of a step", () => {
  it("says that an operation took new memory, or is a view of whose", () => {
    expect(said(VIEWED, 0)).toBe("`torch.zeros(4)` made a tensor (4,) in new memory.");
    expect(said(VIEWED, 2)).toBe(
      "`a.view(2, 2)` made a tensor (2, 2) that is a view of the memory of `a`: nothing was copied.",
    );
  });

  it("says what was written in place, and every name that sees it", () => {
    expect(said(VIEWED, 4)).toBe(
      "`v += 1` wrote 4 elements of the memory of `v` in place. `a` and `v` both see it: they share this memory. " +
        "Its version went from 0 to 1.",
    );
  });

  it("says of no view that it sees a write beside it", () => {
    const written = [
      { step: 0, version: 0, values: full([0]) },
      { step: 2, version: 1, values: null },
    ];
    const beside: Partial<RunResponse> = {
      tensors: [
        tensor({ id: "t1", layout: { shape: [1] }, values: full([1]), history: written }),
        tensor({ id: "t2", layout: { shape: [1] }, values: full([0]), history: written }),
      ],
      steps: [
        naming("a", "t1"),
        naming("b", "t2"),
        step({
          ref: "op1",
          expression: "a.add_(1)",
          outputs: ["t1"],
          changed: [
            { id: "t1", version: 1 },
            { id: "t2", version: 1 },
          ],
        }),
      ],
      operations: [operation({ id: "op1", writes: [{ tensor: "t1", before: 0, after: 1 }] })],
    };
    expect(said(beside, 2)).toBe(
      "`a.add_(1)` wrote 1 element of the memory of `a` in place. Its version went from 0 to 1.",
    );
  });

  it("says that an operation only read, that a name is gone, and that the end is the end", () => {
    expect(said(VIEWED, 5)).toBe("`a[0].item()` ran: it made no tensor and wrote none.");
    expect(said(VIEWED, 6)).toBe("The name `v` is gone.");
    expect(said(VIEWED, null)).toMatch(/^The end/);
  });

  it("follows a backward pass from its root to .grad, which takes up what it had", () => {
    const parts: Partial<RunResponse> = {
      tensors: [
        tensor({ id: "t1", layout: { shape: [] }, values: full(3) }),
        tensor({ id: "t2", layout: { shape: [] }, values: full(9) }),
      ],
      steps: [
        naming("x", "t1"),
        step({ ref: "op1", expression: "x * x", outputs: ["t2"] }),
        step({ ref: "b1", kind: "backward", name: "" }),
        step({ ref: "f1", kind: "function", name: "" }),
        step({ ref: "f2", kind: "function", name: "" }),
        step({ ref: "op2", name: "torch.Tensor.backward", expression: "y.backward()" }),
      ],
      operations: [operation({ id: "op1", outputs: ["t2"] }), operation({ id: "op2" })],
      backwards: [
        pass({
          id: "b1",
          expression: "y.backward()",
          roots: [{ function: "f1", slot: 0, name: "y", tensor: "t2", gradient: 0 }],
          gradients: [full(1), full(6), full(4.5), full(10.5)],
          runs: [
            functionRun({
              function: "f1",
              name: "MulBackward0",
              operation: "op1",
              arrived: [0],
              next: [{ function: "f2", slot: 0 }],
              sent: [1],
            }),
            functionRun({
              function: "f2",
              name: "AccumulateGrad",
              arrived: [1],
              accumulation: { tensor: "t1", before: 2, added: 1, after: 3 },
            }),
          ],
        }),
      ],
    };
    expect(said(parts, 2)).toBe("`y.backward()` begins the way back at `y`, with a gradient of 1.");
    expect(said(parts, 3)).toBe(
      "The engine ran `MulBackward0`, the way back through `x * x`. A gradient of 1 came in, 6 went on to `x`.",
    );
    expect(said(parts, 4)).toBe("`x.grad` was 4.5, received 6, and is now 10.5.");
    expect(said(parts, 5)).toBe("`y.backward()` is done: 2 backward functions ran, and filled `x.grad`.");
  });

  it("says of a hook that changed a gradient how, and of one that did not that it did not", () => {
    const hook = (after: number) => ({
      kind: "tensor" as const,
      name: "<lambda>",
      span: null,
      slot: 0,
      before: [0],
      after: [after],
      raised: false,
    });
    const parts = (after: number): Partial<RunResponse> => ({
      steps: [step({ ref: "b1", kind: "backward" }), step({ ref: "f1", kind: "function" })],
      backwards: [
        pass({
          id: "b1",
          gradients: [full(2), full(3)],
          runs: [functionRun({ function: "f1", name: "PowBackward0", hooks: [hook(after)] })],
        }),
      ],
    });
    expect(said(parts(0), 1)).toContain("The hook `<lambda>` ran and left the gradient as it was.");
    expect(said(parts(1), 1)).toContain("The hook `<lambda>` changed the gradient from 2 to 3.");
  });

  it("calls a parameter by its module, before the module has a name as well", () => {
    const parts: Partial<RunResponse> = {
      tensors: [
        tensor({
          id: "t1",
          names: ["model.weight"],
          paths: [{ step: 2, names: ["model.weight"] }],
          history: [{ step: 0, version: 0, values: null }],
        }),
      ],
      operations: [operation({ id: "op1", outputs: ["t1"], writes: [{ tensor: "t1", before: 0, after: 1 }] })],
      steps: [
        step({ ref: "op0", expression: "nn.Linear(1, 1)", outputs: ["t1"], changed: [{ id: "t1", version: 0 }] }),
        step({ ref: "op1", expression: "reset(model)", outputs: ["t1"], changed: [{ id: "t1", version: 1 }] }),
        step({ ref: "s1", kind: "statement", bound: [{ name: "model", type: "Linear", text: null, value: null }] }),
        step({ ref: "s2", kind: "statement" }),
      ],
    };
    expect(said(parts, 1)).toContain("of the memory of `model.weight`");
    const timeline = new Timeline(response(parts));
    expect([1, 2, 3].map((index) => timeline.namesOf("t1", index))).toEqual([[], ["model.weight"], ["model.weight"]]);
  });

  it("names the module that torch ran in a call, and what another one gave", () => {
    const inner = (id: string, path: string, inputs: string[], outputs: string[]) => [
      operation({ id: `${id}m`, name: "torch.nn.Linear", module: { path, type: "torch.nn.Linear", call: 1 }, outputs }),
      operation({
        id,
        name: "torch.nn.functional.linear",
        expression: "model(x)",
        module: { path, type: "torch.nn.Linear", call: 1 },
        parent: `${id}m`,
        inputs,
        outputs,
        output_shapes: [[1]],
        memory: [{ kind: "new", of: null }],
      }),
    ];
    const parts: Partial<RunResponse> = {
      tensors: [tensor({ id: "t2" }), tensor({ id: "t3" }), tensor({ id: "t9" })],
      operations: [
        ...inner("op1", "model.0", ["t1", "t8", "t9"], ["t2"]),
        ...inner("op2", "model.1", ["t2", "t8", "t9"], ["t3"]),
      ],
      steps: [
        step({ ref: "op1", name: "torch.nn.functional.linear", expression: "model(x)", outputs: ["t2"] }),
        step({ ref: "op2", name: "torch.nn.functional.linear", expression: "model(x)", outputs: ["t3"] }),
        step({ ref: "b1", kind: "backward" }),
        step({ ref: "f1", kind: "function" }),
      ],
      backwards: [
        pass({
          id: "b1",
          gradients: [full([[1]]), full([2, 3]), full([[4], [5]]), full([[6, 7]])],
          runs: [
            functionRun({
              function: "f1",
              name: "AddmmBackward0",
              operation: "op2",
              arrived: [0],
              next: ["f4", "f2", "f3"].map((id) => ({ function: id, slot: 0 })),
              sent: [1, 2, 3],
            }),
            functionRun({ function: "f2", name: "AddmmBackward0", tensor: "t2" }),
            functionRun({ function: "f3", name: "TBackward0" }),
            functionRun({ function: "f4", accumulation: { tensor: "t9", before: null, added: 1, after: 1 } }),
          ],
        }),
      ],
    };
    expect(said(parts, 1)).toBe("`model.1` in `model(x)` made a tensor (1,) in new memory.");
    const flowed = said(parts, 3);
    expect(flowed).toContain("The engine ran `AddmmBackward0`, the way back through `model.1` in `model(x)`.");
    expect(flowed).toContain("a gradient of shape (2, 1) went on to the output of `model.0`");
    expect(flowed).toContain("a gradient of shape (1, 2) went on to `TBackward0`.");
  });

  it("never gives two tensors of one call the same name", () => {
    const parts: Partial<RunResponse> = {
      tensors: [tensor({ id: "t1" }), tensor({ id: "t2" })],
      operations: ["1", "2"].map((n) => operation({ id: `op${n}`, expression: "sum(all)", outputs: [`t${n}`] })),
      steps: [
        ...["1", "2"].map((n) => step({ ref: `op${n}`, expression: "sum(all)", outputs: [`t${n}`] })),
        step({ ref: "b1", kind: "backward" }),
        step({ ref: "f1", kind: "function" }),
      ],
      backwards: [
        pass({
          id: "b1",
          gradients: [
            full([1, 1]),
            full([
              [2, 2],
              [2, 2],
              [2, 2],
            ]),
          ],
          runs: [
            functionRun({
              function: "f1",
              name: "AddBackward0",
              operation: "op2",
              arrived: [0],
              next: [{ function: "f2", slot: 0 }],
              sent: [1],
            }),
            functionRun({ function: "f2", name: "AddBackward0", tensor: "t1" }),
          ],
        }),
      ],
    };
    expect(said(parts, 3)).toBe(
      "The engine ran `AddBackward0`, the way back through `sum(all)`. A gradient of [1, 1] came in, " +
        "2 in every element went on to an earlier tensor of `sum(all)`.",
    );
  });

  it("says of a call that wrote to what it made before that it is another tensor of that call", () => {
    const parts: Partial<RunResponse> = {
      tensors: [tensor({ id: "t1", layout: { shape: [2] } })],
      steps: [
        step({ ref: "op1", expression: "opt.step()", outputs: ["t1"] }),
        step({ ref: "op2", name: "torch.Tensor.mul_", expression: "opt.step()", outputs: ["t1"] }),
      ],
      operations: [
        operation({ id: "op1", outputs: ["t1"] }),
        operation({ id: "op2", outputs: ["t1"], writes: [{ tensor: "t1", before: 0, after: 1 }] }),
      ],
    };
    expect(said(parts, 1)).toMatch(
      /^`opt.step\(\)` wrote 2 elements of the memory of an earlier tensor of `opt.step\(\)` in/,
    );
  });

  it("says complex gradients as complex numbers, and their shape without the pairs", () => {
    const complex = (shape: number[], data: unknown): string =>
      said(
        {
          tensors: [tensor({ id: "t1", names: ["c"], layout: { shape, dtype: "torch.complex64" } })],
          steps: [naming("c", "t1"), step({ ref: "b1", kind: "backward" }), step({ ref: "f1", kind: "function" })],
          backwards: [
            pass({
              id: "b1",
              gradients: [full(data)],
              runs: [functionRun({ function: "f1", accumulation: { tensor: "t1", before: null, added: 0, after: 0 } })],
            }),
          ],
        },
        2,
      );
    expect(complex([], [1, -2])).toBe("`c.grad` was empty and received 1.-2.j.");
    expect(
      complex(
        [2],
        [
          [1, 2],
          [3, 4],
        ],
      ),
    ).toMatch(/received \[1\.\+2\.j, 3\.\+4\.j\]/);
    expect(
      complex(
        [5],
        Array.from({ length: 5 }, (_, n) => [n, 1]),
      ),
    ).toContain("received a gradient of shape (5,).");
  });

  it("says all tensors that an operation gave, and their names", () => {
    const given = (memory: "new" | "view"): string =>
      said(
        {
          tensors: ["t1", "t2"].map((id) => tensor({ id, layout: { shape: [2] } })),
          operations: [
            operation({
              id: "op1",
              expression: "x.max(1)",
              outputs: ["t1", "t2"],
              output_shapes: [[2], [2]],
              memory: [memory, memory].map((kind) => ({ kind, of: null })),
            }),
          ],
          steps: [
            step({ ref: "op1", expression: "x.max(1)", outputs: ["t1", "t2"], span: span(0, 9) }),
            step({
              ref: "s1",
              kind: "statement",
              bound: [name("v", "t1"), name("w", "t1"), name("i", "t2")],
              span: span(0, 9),
            }),
          ],
        },
        1,
      );
    const tensors = "a tensor (2,) called `v` and `w` and a tensor (2,) called `i`";
    expect(given("new")).toBe(`\`x.max(1)\` made ${tensors} in new memory.`);
    expect(given("view")).toBe(`\`x.max(1)\` made ${tensors}: views, nothing was copied.`);
  });

  it("says that a function comes to its return, whose value may yet fail, and not that the line ran", () => {
    const timeline = new Timeline(
      response({ steps: [step({ ref: "s1", kind: "statement", scope: "f", frame: 1, span: span(4, 20) })] }),
    );
    const text = sentence(timeline, 0, locale.of("en").said, ["    return k.view(2)"]);
    expect(text).toBe("`f` comes to `return k.view(2)`.");
  });

  it("says when a tensor begins or ceases to require gradients, and what else a tensor is called", () => {
    const parts: Partial<RunResponse> = {
      tensors: [
        tensor({
          id: "t1",
          layout: { shape: [2] },
          roles: [{ step: 0 }, { step: 1, requires_grad: true }, { step: 2, requires_grad: false }],
          history: [{ step: 0, version: 0, values: null }],
        }),
      ],
      steps: [
        naming("x", "t1"),
        step({ ref: "s1", kind: "statement" }),
        step({ ref: "s2", kind: "statement" }),
        naming("y", "t1"),
      ],
    };
    expect(said(parts, 1)).toBe("`x` requires gradients from now on.");
    expect(said(parts, 2)).toBe("`x` requires no gradients any more.");
    expect(said(parts, 3)).toBe("`y` names a tensor (2,), also called `x`.");
  });

  it("says in a call that a name was bound, if another call bound it to the same before", () => {
    const parts: Partial<RunResponse> = {
      tensors: [tensor({ id: "t1", layout: { shape: [2] } })],
      steps: [
        naming("x", "t1"),
        step({ ref: "c1", kind: "call", scope: "f", frame: 1 }),
        step({ ref: "s1", kind: "statement", scope: "f", frame: 1, bound: [name("x", "t1")] }),
      ],
    };
    expect(said(parts, 2)).toBe("`x` names a tensor (2,).");
  });

  it("calls the root of a pass by what made it, if it is worked out in the call", () => {
    const parts: Partial<RunResponse> = {
      tensors: [tensor({ id: "t1" })],
      steps: [step({ ref: "op1", expression: "y.sum()", outputs: ["t1"] }), step({ ref: "b1", kind: "backward" })],
      operations: [operation({ id: "op1", outputs: ["t1"] })],
      backwards: [
        pass({
          id: "b1",
          expression: "grad(y.sum(), x)",
          roots: [{ function: "f1", slot: 0, name: "grad(y.sum(), x)", tensor: "t1", gradient: null }],
        }),
      ],
    };
    expect(said(parts, 1)).toBe("`grad(y.sum(), x)` begins the way back at `y.sum()`, with a gradient of 1.");
  });

  it("is there in Chinese for every step, with the same code in it", () => {
    const timeline = new Timeline(response(VIEWED));
    const codes = (text: string): string[] => [...text.matchAll(/`[^`]+`/g)].map(([found]) => found).sort();
    for (let index = 0; index < timeline.length; index++) {
      const [en, zh] = (["en", "zh-CN"] as const).map((lang) => sentence(timeline, index, locale.of(lang).said));
      expect(codes(zh ?? "")).toEqual(codes(en ?? ""));
      expect(zh).toMatch(/[\u4e00-\u9fff]/);
    }
  });
});
