import { describe, expect, it } from "vitest";

import { questionsIn } from "../../src/learn/paper.ts";

const CODE = `x = torch.ones(2)
#? shape x
#? ~ (2, 1) -- One dimension.
#? because It was asked for.
x += 1
#? which Why?
#? = in place -- Yes.
#? ~ a copy -- No.
#? if True
#? because It is.
print(x)`;

describe("the questions of a printed program", () => {
  it("are those of its comments, each after its line, and none tells the answer", () => {
    const [shape, which, ...more] = questionsIn(CODE);
    expect(more).toEqual([]);
    expect(shape).toEqual({ kind: "shape", target: "x", line: 1, options: [] });
    expect(which).toMatchObject({ kind: "which", target: "Why?", line: 5 });
    expect([...(which?.options ?? [])].sort()).toEqual(["a copy", "in place"]);
  });
});
