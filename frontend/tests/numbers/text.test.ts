import { describe, expect, it } from "vitest";

import { compact, magnitude, statistic, texts } from "../../src/numbers/text.ts";

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

  it("by themselves are as short as they can be", () => {
    expect([0.5, -1 / 3, 123456, 1e-7, 0, "NaN"].map((element) => compact(element, false))).toEqual([
      "0.5",
      "-0.3333",
      "1.23e+5",
      "1e-7",
      "0",
      "nan",
    ]);
    expect([19987.6, 1997998].map((element) => compact(element, false, 4))).toEqual(["19988", "2e+6"]);
    expect(compact(1997998, false, 7)).toBe("1997998");
    expect(compact([1.5, -2], false)).toBe("1.5-2j");
    expect(compact(123456789, true)).toBe("123456789");
    expect(compact(false, true)).toBe("False");
  });

  it("have a size where they are finite", () => {
    expect([-2, true, "9223372036854775807", "NaN", "-Infinity", "?"].map(magnitude)).toEqual([
      -2,
      1,
      2 ** 63,
      null,
      null,
      null,
    ]);
    expect(magnitude([3, 4])).toBe(5);
    expect(magnitude([3, "NaN"])).toBeNull();
  });
});
