import { describe, expect, it } from "vitest";

import { foreseen, isIndentation, verdictOf } from "../../src/learn/check.ts";
import { cell, cellError, response } from "../support/answers.ts";

describe("the verdict on a program", () => {
  it("is that it passed where the check ran to its end", () => {
    expect(verdictOf(response({ cells: [cell(), cell(), cell()] }), 2)).toEqual({ kind: "passed" });
  });

  it("is what the check's assertion says", () => {
    const failed = cellError({ type: "AssertionError", message: "w has no gradient" });
    const cells = [cell(), cell({ status: "error", error: failed })];
    expect(verdictOf(response({ status: "error", cells }), 1)).toEqual({
      kind: "failed",
      message: "w has no gradient",
    });
  });

  it("is the error of a check that could not even ask", () => {
    const failed = cellError({ type: "NameError", message: "name 'w' is not defined" });
    const cells = [cell(), cell({ status: "error", error: failed })];
    expect(verdictOf(response({ status: "error", cells }), 1)).toEqual({
      kind: "failed",
      message: "NameError: name 'w' is not defined",
    });
  });

  it("is that the program itself failed, by an error or by a limit", () => {
    const error = cellError({ type: "RuntimeError", message: "shapes" });
    const broken = response({
      status: "error",
      cells: [cell({ status: "error", error }), cell({ status: "not_run" })],
    });
    expect(verdictOf(broken, 1)).toMatchObject({ kind: "broken", error: { type: "RuntimeError" } });
    const late = response({ status: "timeout", message: "It took too long.", cells: [cell({ status: "not_run" })] });
    expect(verdictOf(late, 1)).toMatchObject({ kind: "broken", error: null, message: "It took too long." });
  });
});

describe("a verdict on indentation", () => {
  it("is one of a program whose lines Python refused for that", () => {
    const verdict = (type: string): boolean =>
      isIndentation(
        verdictOf(
          response({
            cells: [cell({ error: cellError({ type, message: "unexpected indent" }) }), cell()],
            status: "error",
          }),
          1,
        ),
      );
    expect([verdict("IndentationError"), verdict("NameError")]).toEqual([true, false]);
    expect(isIndentation(null)).toBe(false);
  });
});

describe("a mistake that its author has foreseen", () => {
  const wrong = [{ code: "w = torch.ones(2)\n", because: "w needs requires_grad." }];

  it("is known whatever its comments and spaces", () => {
    expect(foreseen("# mine\nw  =  torch.ones( 2)  # two\n\n", wrong)).toBe("w needs requires_grad.");
    expect(foreseen("w = torch.ones(3)", wrong)).toBeNull();
  });
});
