import { describe, expect, it } from "vitest";

import { wantedAfter } from "../../../../src/program/editor/completion/members.ts";
import { response } from "../../../support/answers.ts";

const imports = new Map([
  ["torch", "torch"],
  ["np", "numpy"],
  ["F", "torch.nn.functional"],
  ["math", "math"],
]);
const answer = response({
  variables: [
    { name: "x", type: "torch.Tensor", text: "", tensor: "t1" },
    { name: "a", type: "numpy.ndarray", text: "", tensor: null },
    { name: "n", type: "int", text: "1", tensor: null },
    { name: "torch", type: "module", text: "", tensor: null },
  ],
});
const owner = (before: string): string | null | undefined => wantedAfter(before, imports, answer)?.owner;

describe("what is wanted after a piece of code", () => {
  it("is a name of its own where no dot stands before it", () => {
    expect(wantedAfter("y = to", imports, answer)).toEqual({ word: "to", owner: null });
    expect(wantedAfter("y = ", imports, answer)).toBeNull();
  });

  it.each([
    ["torch.", "torch"],
    ["y = torch.nn.fun", "torch.nn"],
    ["F.re", "torch.nn.functional"],
    ["np.lin", "numpy"],
  ])("is a name of the module after %j", (before, module) => {
    expect(owner(before)).toBe(module);
  });

  it.each(["x.", "x.T.", "(x + 1).", "torch.ones(2).s", "x[0].", "f(x)[1].T.m", "unheard_of."])(
    "is a method of a tensor after %j",
    (before) => {
      expect(owner(before)).toBe("torch.Tensor");
    },
  );

  it("is what the last run says of any other variable", () => {
    expect(owner("a.")).toBe("numpy.ndarray");
    expect(owner("n.")).toBeUndefined();
    expect(owner("a.T.")).toBeUndefined();
  });

  it.each(["1.", "x + 12.", "math.si", "3"])("is nothing after %j", (before) => {
    expect(wantedAfter(before, imports, answer)).toBeNull();
  });
});
