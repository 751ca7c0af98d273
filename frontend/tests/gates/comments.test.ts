import { describe, expect, it } from "vitest";

import { asksSomething, questionLines } from "../../src/gates/comments.ts";

describe("the comments that ask", () => {
  it("are blocks of lines, wherever they are indented", () => {
    const source = "x = 1\n#? value x\n#? because one\ny = 2\nif y:\n    #? value y\n    pass";
    expect(questionLines(source)).toEqual([
      { first: 2, last: 3 },
      { first: 6, last: 6 },
    ]);
  });

  it("are no other comments", () => {
    expect(asksSomething(["x = 1  # why?\n# ? no"])).toBe(false);
    expect(asksSomething(["x = 1", "y = x\n#? shape y"])).toBe(true);
  });
});
