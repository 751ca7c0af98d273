import { describe, expect, it } from "vitest";

import { blank, sameCells } from "../../src/run/notebook.ts";
import { asState } from "../../src/share/state.ts";

describe("a state", () => {
  it("keeps what can be used and leaves out the rest", () => {
    expect(asState({ cells: ["1"], view: "graph", step: 0, graph: "g2", lang: "en" })).toEqual({
      cells: ["1"],
      view: "graph",
      step: 0,
      graph: "g2",
      lang: "en",
    });
    expect(asState({ cells: ["1"], view: 1, step: -1, graph: "<g>", lang: "fr", more: true })).toEqual({
      cells: ["1"],
    });
    expect(asState({ cells: ["1"], view: null, step: null, lang: null })).toEqual({ cells: ["1"] });
    expect(asState({ cells: ["1"], step: 1.5 })).toEqual({ cells: ["1"] });
  });

  it.each([
    [null],
    [[]],
    ["cells"],
    [{}],
    [{ cells: [] }],
    [{ cells: [1] }],
    [{ cells: Array(201).fill("") }],
    [{ cells: ["x".repeat(300_000)] }],
  ])("is not made of %j", (value) => {
    expect(asState(value)).toBeNull();
  });

  it("has the same program only where each cell is the same", () => {
    expect(sameCells(["a", "b"], ["a", "b"])).toBe(true);
    expect(sameCells(["a"], ["a", "b"])).toBe(false);
    expect(sameCells(["a", "c"], ["a", "b"])).toBe(false);
    expect(blank(["", " \n"])).toBe(true);
    expect(blank(["", "#"])).toBe(false);
  });
});
