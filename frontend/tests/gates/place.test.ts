import { describe, expect, it } from "vitest";

import { statementLine } from "../../src/gates/place.ts";

const SOURCE =
  "x = f(\n    2)\n#? value x\n#? because two\n\n# plain\n#? shape x\ny = x\n#? raises\n#? because none\nx.t()";

describe("the line that a gate asks about", () => {
  it("is that of the statement above it, whatever comments are between", () => {
    expect(statementLine({ kind: "value", line: 3 }, SOURCE)).toBe(2);
    expect(statementLine({ kind: "shape", line: 7 }, SOURCE)).toBe(2);
  });

  it("is that of the statement below it, where it asks whether that raises", () => {
    expect(statementLine({ kind: "raises", line: 9 }, SOURCE)).toBe(11);
  });

  it("is a line of the program, whatever it has", () => {
    expect(statementLine({ kind: "value", line: 1 }, "#? value x")).toBe(1);
    expect(statementLine({ kind: "raises", line: 1 }, "#? raises\n")).toBe(2);
  });
});
