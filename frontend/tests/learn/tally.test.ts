import { describe, expect, it } from "vitest";

import type { Gate, TallyRequest } from "../../src/api/schema.ts";
import { tallyOf } from "../../src/learn/tally.ts";
import { gate } from "../support/gates.ts";
import { cellBlock, lesson } from "../support/lessons.ts";

const READ = lesson([{ stage: "predict", title: "", blocks: [cellBlock(1), cellBlock(2)] }]);
const SHAPE = gate({
  cell: 1,
  line: 4,
  answer: "(3, 2)",
  misses: ["(2, 3)", "(6,)"].map((answer) => ({ answer, because: "" })),
});
const WHICH = gate({
  kind: "which",
  options: ["wrong one", "right one", "wrong two"].map((text) => ({ text, right: text === "right one", because: "" })),
});

function tally(to: Gate, given: string, right: boolean, code = "code 2"): TallyRequest | null {
  return tallyOf(READ, { gate: to, code, key: "key", given, right });
}

describe("a first answer, as it is counted", () => {
  it("has the place of its gate in the lesson", () => {
    expect(tally(SHAPE, "(3, 2)", true)).toEqual({ lang: "en", cell: 2, line: 4, verdict: "right" });
  });

  it("is one of the wrong answers that the lesson names, however it was written", () => {
    expect(tally(SHAPE, "2 x 3", false)).toMatchObject({ verdict: "wrong", wrong: 1 });
    expect(tally(SHAPE, "[6]", false)).toMatchObject({ verdict: "wrong", wrong: 2 });
    expect(tally(WHICH, "wrong one", false)).toMatchObject({ verdict: "wrong", wrong: 1 });
    expect(tally(WHICH, "wrong two", false)).toMatchObject({ verdict: "wrong", wrong: 2 });
  });

  it("has nothing of what a person wrote that the lesson does not name", () => {
    const counted = tally(SHAPE, "my own words", false);
    expect(counted).toEqual({ lang: "en", cell: 2, line: 4, verdict: "other" });
    expect(JSON.stringify(counted)).not.toContain("my own words");
  });

  it("is not counted where the program is not the lesson's", () => {
    expect(tally(SHAPE, "(3, 2)", true, "code 2  # mine")).toBeNull();
  });
});
