import { describe, expect, it } from "vitest";

import { orderOf, placed, poolOf, programOf, shifted, without, writtenOrder } from "../../src/learn/parsons.ts";

const LINES = [
  { text: "for i in range(3):", indent: 0, distractor: false },
  { text: "x += i", indent: 1, distractor: false },
  { text: "print(x)", indent: 0, distractor: false },
  { text: "x = i", indent: 1, distractor: true },
];

describe("lines to be put in order", () => {
  it("are in the program or in the pool, which does not show the solution", () => {
    expect([...poolOf(LINES, [])].sort()).toEqual([0, 1, 2, 3]);
    expect(poolOf(LINES, [])).not.toEqual([0, 1, 2, 3]);
    expect([...poolOf(LINES, [2, 0])].sort()).toEqual([1, 3]);
  });

  it("go before the line that they are put on, wherever they were", () => {
    expect(placed([0, 1, 2], 3, 1)).toEqual([0, 3, 1, 2]);
    expect(placed([0, 1, 2], 0, 3)).toEqual([1, 2, 0]);
    expect(placed([0, 1, 2], 2, 0)).toEqual([2, 0, 1]);
    expect(placed([0, 1, 2], 1, 1)).toEqual([0, 1, 2]);
    expect(placed([0, 1, 2], 1, 2)).toEqual([0, 1, 2]);
  });

  it("move by one as far as there is room, and can be taken out", () => {
    expect(shifted([0, 1, 2], 0, 1)).toEqual([1, 0, 2]);
    expect(shifted([0, 1, 2], 0, -1)).toEqual([0, 1, 2]);
    expect(without([0, 1, 2], 1)).toEqual([0, 2]);
  });

  it("make a program with their indentation", () => {
    expect(programOf(LINES, [0, 1, 2])).toBe("for i in range(3):\n    x += i\nprint(x)");
  });

  it("are kept as text, of which only what fits is taken", () => {
    expect(orderOf(writtenOrder([2, 0, 1]), 4)).toEqual([2, 0, 1]);
    for (const text of [undefined, "", "9", "1,1", "x"]) expect(orderOf(text, 4)).toEqual([]);
  });
});
