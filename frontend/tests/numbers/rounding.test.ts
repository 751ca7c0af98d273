import { describe, expect, it } from "vitest";

import { exponential, fixed } from "../../src/numbers/rounding.ts";

describe("a number in so many decimals", () => {
  it("is rounded to the nearest by its exact value", () => {
    expect(fixed(0.00125, 4)).toBe("0.0013");
    expect(fixed(Math.fround(0.00125), 4)).toBe("0.0012");
    expect(fixed(-1.00005, 4)).toBe("-1.0001");
    expect(exponential(0.00012345, 3)).toBe("1.234e-4");
  });

  it("is rounded to the even one of two that are as near, as Python does", () => {
    expect([0.03125, 0.09375, -0.03125, -0.09375, 1.03125].map((value) => fixed(value, 4))).toEqual([
      "0.0312",
      "0.0938",
      "-0.0312",
      "-0.0938",
      "1.0312",
    ]);
    expect([0.5, 1.5, 2.5].map((value) => fixed(value, 0))).toEqual(["0", "2", "2"]);
    expect([100005, 100015, -100005].map((value) => exponential(value, 4))).toEqual([
      "1.0000e+5",
      "1.0002e+5",
      "-1.0000e+5",
    ]);
  });

  it("is written in full however large or small it is", () => {
    expect(fixed(12345678.5, 0)).toBe("12345678");
    expect(fixed(-0, 4)).toBe("-0.0000");
    expect(exponential(5e-324, 4)).toBe("4.9407e-324");
    expect(exponential(-0, 4)).toBe("-0.0000e+0");
  });
});
