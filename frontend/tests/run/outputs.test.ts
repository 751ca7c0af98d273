import { describe, expect, it } from "vitest";

import type { CellResponse, OutputRecord } from "../../src/api/schema.ts";
import { added, cellAt } from "../../src/run/outputs.ts";
import { response } from "../support/answers.ts";

const record = (cell: number, steps: number, more: Partial<OutputRecord> = {}): OutputRecord => ({
  cell,
  steps,
  stdout: 0,
  stderr: 0,
  displays: 0,
  ended: false,
  ...more,
});
const body: CellResponse = {
  status: "ok",
  stdout: "😀a\nb\n",
  stderr: "",
  result: { text: "7", tensor: null },
  displays: [],
  error: null,
  title: null,
};
const answer = response({
  cells: [body, { ...body, stdout: "c\n" }],
  outputs: [
    record(0, 0),
    record(0, 1, { stdout: 3 }),
    record(0, 3, { stdout: 5 }),
    record(0, 4, { stdout: 5, ended: true }),
    record(1, 4),
    record(1, 5, { stdout: 2, ended: true }),
  ],
});

describe("the output of a cell at a step", () => {
  it("is what was printed by then, counted in characters", () => {
    expect([0, 1, 2].map((step) => cellAt(answer, 0, step)?.stdout)).toEqual(["😀a\n", "😀a\n", "😀a\nb\n"]);
  });

  it("has the result once the cell has ended", () => {
    expect([2, 3, null].map((step) => cellAt(answer, 0, step)?.result?.text)).toEqual([undefined, "7", "7"]);
  });

  it("is none before the cell begins", () => {
    expect([2, 3].map((step) => cellAt(answer, 1, step)?.stdout)).toEqual([undefined, ""]);
  });

  it("tells what a step added", () => {
    expect(added(answer, 2, 2)).toEqual({ stdout: "b\n", stderr: "", displays: 0, ended: null });
    expect(added(answer, 4, 4)).toEqual({ stdout: "c\n", stderr: "", displays: 0, ended: 1 });
  });
});
