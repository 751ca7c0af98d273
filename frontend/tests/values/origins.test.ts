import { describe, expect, it } from "vitest";

import { marksOf, originOf, markedCells } from "../../src/values/origins.ts";
import { response, step } from "../support/answers.ts";

describe("where an element came from", () => {
  const answer = response({
    steps: [
      step({ ref: "op1", outputs: ["t1"] }),
      step({ ref: "op2", outputs: ["t2", "t3"] }),
      step({ ref: "op3", outputs: ["t1"] }),
    ],
  });

  it("is asked of the last operation that made or wrote its tensor up to then", () => {
    expect(originOf(answer, "t1", 1)).toEqual({ operation: "op1", output: 0 });
    expect(originOf(answer, "t1", null)).toEqual({ operation: "op3", output: 0 });
    expect(originOf(answer, "t3", 2)).toEqual({ operation: "op2", output: 1 });
    expect(originOf(answer, "t9", null)).toBeNull();
    expect(originOf(answer, "t3", 0)).toBeNull();
  });

  it("is marked on the elements, each in its own tensor", () => {
    const lens = {
      operation: "op2",
      reason: null,
      name: "torch.take",
      expression: null,
      span: null,
      output: 0,
      tensor: "t2",
      shape: [2, 3],
      element: [1, 2],
      value: "3",
      inputs: [
        { tensor: "t1", argument: "", element: [4], value: "1", derivative: 0.5, relation: "value" as const, text: "" },
        { tensor: "t8", argument: "", element: [], value: "1", derivative: null, relation: "index" as const, text: "" },
        { tensor: null, argument: "", element: [0], value: "1", derivative: 1, relation: "value" as const, text: "" },
      ],
      count: 3,
      complete: true,
      detail: "",
      text: "",
    };
    const marks = marksOf({ subject: "t2", element: [1, 2] }, lens);
    expect([...marks.keys()]).toEqual(["t2", "t1", "t8"]);
    expect(marks.get("t2")?.get("1,2")).toEqual({ kind: "asked", text: null });
    expect(marks.get("t1")?.get("4")).toEqual({ kind: "value", text: "0.5" });
    expect(marks.get("t8")?.get("")).toEqual({ kind: "index", text: null });
  });

  it("stands in a matrix of its tensor", () => {
    const marks = marksOf({ subject: "t1", element: [3, 1, 2] }, null).get("t1");
    expect(markedCells(marks ?? new Map())).toEqual([
      { leading: [3], at: { row: 1, column: 2 }, mark: { kind: "asked", text: null } },
    ]);
  });
});
