import { describe, expect, it } from "vitest";

import type { TensorWindow } from "../../../src/api/schema.ts";
import { WindowNumbers } from "../../../src/values/heat-map/windows.ts";
import { base64, matrixWindow } from "../../support/windows.ts";

describe("a window", () => {
  it("has the elements of its part, and none of another", () => {
    const found = new WindowNumbers(matrixWindow({ data: base64(Float32Array.of(0, 1, 2, 3, NaN, -Infinity)) }));
    expect(found.at(11, 20)).toEqual({ kind: "element", element: 3 });
    expect(found.at(11, 21)).toEqual({ kind: "element", element: "NaN" });
    expect(found.at(11, 22)).toEqual({ kind: "element", element: "-Infinity" });
    expect([found.at(9, 20), found.at(12, 20), found.at(10, 19), found.at(10, 23)]).toEqual([null, null, null, null]);
    expect(found.size(0, 2)).toBe(2);
  });

  it("has booleans, complex numbers and integers of any size", () => {
    const pair = { rows: [0, 1], columns: [0, 2] } satisfies Partial<TensorWindow>;
    const flags = matrixWindow({ ...pair, format: "uint8", dtype: "torch.bool", data: base64(Uint8Array.of(0, 1)) });
    expect(new WindowNumbers(flags).at(0, 1)).toEqual({ kind: "element", element: true });
    const waves = matrixWindow({ ...pair, complex: true, data: base64(Float32Array.of(0, 0, 3, -4)) });
    expect(new WindowNumbers(waves).at(0, 1)).toEqual({ kind: "element", element: [3, -4] });
    expect(new WindowNumbers(waves).size(0, 1)).toBe(5);
    const large = matrixWindow({ ...pair, format: "uint64", data: base64(BigUint64Array.of(7n, 2n ** 64n - 1n)) });
    expect(new WindowNumbers(large).at(0, 0)).toEqual({ kind: "element", element: 7 });
    expect(new WindowNumbers(large).at(0, 1)).toEqual({ kind: "element", element: "18446744073709551615" });
  });

  it("tells of a block where it lies, its mean and its extremes", () => {
    const found = new WindowNumbers(
      matrixWindow({
        rows: [0, 3],
        columns: [0, 5],
        block: [2, 4],
        format: "float64",
        data: base64(Float64Array.of(1, 2, 3, 4)),
        minimum: base64(Float64Array.of(-1, -2, -3, -4)),
        maximum: base64(Float64Array.of(10, 20, 30, 40)),
      }),
    );
    expect([found.height, found.width]).toEqual([2, 2]);
    expect(found.at(2, 4)).toEqual({ kind: "block", rows: [2, 3], columns: [4, 5], mean: 4, least: -4, most: 40 });
    expect(found.at(1, 3)).toEqual({ kind: "block", rows: [0, 2], columns: [0, 4], mean: 1, least: -1, most: 10 });
  });
});
