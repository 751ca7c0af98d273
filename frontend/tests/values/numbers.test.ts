import { describe, expect, it } from "vitest";

import { statistic, texts } from "../../src/values/numbers.ts";

describe("numbers", () => {
  it("read as torch prints them", () => {
    expect(texts([1, 3], false)).toEqual(["1.", "3."]);
    expect(texts([1, 3], true)).toEqual(["1", "3"]);
    expect(texts([0.25, -1.5], false)).toEqual(["0.25", "-1.50"]);
    expect(texts([1 / 3, 2], false)).toEqual(["0.3333", "2.0000"]);
    expect(texts([1e-6, 1], false)).toEqual(["1.e-06", "1.e+00"].map((text) => text.replace(".", "")));
  });

  it("include those that are not finite, booleans and complex ones", () => {
    expect(texts(["NaN", "Infinity", "-Infinity", 1.5], false)).toEqual(["nan", "inf", "-inf", "1.5"]);
    expect(texts([true, false], true)).toEqual(["True", "False"]);
    expect(texts([[1, -2] as const, [0.5, "NaN"] as const], false)).toEqual(["1.0-2.0j", "0.5+nanj"]);
  });

  it("of statistics are short", () => {
    expect([0, 60000, 0.123456789, 1e-9, null, "NaN"].map(statistic)).toEqual([
      "0",
      "60000",
      "0.12346",
      "1.000e-9",
      "–",
      "nan",
    ]);
  });
});
