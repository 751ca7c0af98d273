import { describe, expect, it } from "vitest";

import { locale } from "../../../src/i18n/index.ts";
import { type Marks, NO_MARKS } from "../../../src/values/origins.ts";
import { finest, said } from "../../../src/values/heat-map/reading.ts";
import { WindowNumbers } from "../../../src/values/heat-map/windows.ts";
import { base64, matrixWindow } from "../../support/windows.ts";

const at = { row: 10, column: 21 };
const { block } = locale.of("en");
const matrix = { shape: [100, 100], leading: [], integral: false, marks: NO_MARKS };

const fine = new WindowNumbers(matrixWindow({ data: base64(Float32Array.of(0, 1.5, 2, 3, 4, 5)) }));
const four = (value: number): string => base64(Float32Array.of(value, value, value, value));
const coarse = new WindowNumbers(
  matrixWindow({
    rows: [0, 100],
    columns: [0, 100],
    block: [50, 50],
    data: four(0.25),
    minimum: four(-1),
    maximum: four(2),
  }),
);

describe("the words for a cell", () => {
  it("are its index and its number, or those of its block until that is there", () => {
    expect(said(at, finest([coarse, fine], at), matrix, block)).toBe("[10, 21] = 1.5");
    expect(said(at, finest([coarse], at), matrix, block)).toBe("[0:50, 0:50]  mean 0.25, from -1 to 2");
    expect(said(at, finest([], at), matrix, block)).toBe("[10, 21]");
  });

  it("name every dimension, and the local derivative of a cell that is marked", () => {
    const marks: Marks = new Map([["3,10,21", { kind: "value", text: "0.5" }]]);
    const slice = { ...matrix, shape: [4, 100, 100], leading: [3], marks };
    expect(said(at, finest([fine], at), slice, block)).toBe("[3, 10, 21] = 1.5  ∂ 0.5");
    expect(said({ row: 0, column: 7 }, null, { ...matrix, shape: [100] }, block)).toBe("[7]");
  });
});
