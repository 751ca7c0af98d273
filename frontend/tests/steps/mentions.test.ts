import { describe, expect, it } from "vitest";

import { firstLine, namedIn } from "../../src/steps/mentions.ts";
import { Timeline } from "../../src/timeline/timeline.ts";
import { response, step, tensor } from "../support/answers.ts";
import { span } from "../support/spans.ts";

describe("what a statement is about", () => {
  it("is told by the first line of its source, with columns counted in characters", () => {
    const cells = ["x = 1", 'print("𝛼", x)\nfor i in x:\n    pass'];
    expect(firstLine(cells, span(1, 1, 0, 13))).toBe('print("𝛼", x)');
    expect(firstLine(cells, { cell: 1, line: 2, column: 0, end_line: 3, end_column: 8 })).toBe("for i in x:");
    expect(firstLine(cells, span(7, 1, 0, 3))).toBe("");
    expect(firstLine(cells, null)).toBe("");
  });

  it("are the tensors that it names as they are called then, and no attributes of others", () => {
    const bound = (name: string, value: string) =>
      step({ ref: `s-${name}`, kind: "statement", bound: [{ name, type: "torch.Tensor", text: null, value }] });
    const timeline = new Timeline(
      response({
        steps: [bound("x", "t1"), bound("grad", "t2"), bound("变量", "t3"), bound("x", "t4")],
        tensors: ["t1", "t2", "t3", "t4"].map((id) => tensor({ id })),
      }),
    );
    expect(namedIn("print(变量, x.grad, x, xs)", timeline, 2)).toEqual(["t3", "t1"]);
    expect(namedIn("print(x)", timeline, 3)).toEqual(["t4"]);
    expect(namedIn("print(torch.grad)", timeline, 3)).toEqual([]);
  });
});
