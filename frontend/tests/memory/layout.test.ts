import { describe, expect, it } from "vitest";

import { addressText, coverage, elementsAt, itemsizeOf, type ByteLayout, repeats } from "../../src/memory/layout.ts";

/** Of elements of four bytes; offset and strides count elements. */
function layout(shape: number[], stride: number[], offset = 0): ByteLayout {
  return { shape, strides: stride.map((one) => 4 * one), offset: 4 * offset, itemsize: 4 };
}

/** The elements at each byte, worked out one by one. */
function bytes({ shape, strides, offset }: ByteLayout): Map<number, number[][]> {
  const found = new Map<number, number[][]>();
  const walk = (index: number[]): void => {
    if (index.length < shape.length) {
      for (let i = 0; i < (shape[index.length] ?? 0); i++) walk([...index, i]);
      return;
    }
    const byte = index.reduce((sum, i, at) => sum + i * (strides[at] ?? 0), offset);
    found.set(byte, [...(found.get(byte) ?? []), index]);
  };
  walk([]);
  return found;
}

const LAYOUTS: [string, ByteLayout][] = [
  ["a matrix", layout([2, 3], [3, 1])],
  ["its transpose", layout([3, 2], [1, 3])],
  ["a column", layout([2], [3])],
  ["a part of a part", layout([2, 2], [6, 2], 1)],
  ["a scalar", layout([], [], 2)],
  ["a reversed array", layout([2, 3], [3, -1], 2)],
  ["windows that slide over each other", layout([4, 3], [1, 1])],
  ["strides without a common measure", layout([3, 4], [3, 2])],
  ["nothing", layout([0, 3], [3, 1])],
];

describe.each(LAYOUTS)("%s", (_, one) => {
  it("is found again at each byte", () => {
    const truth = bytes(one);
    for (let byte = 0; byte < 80; byte++) {
      const wanted = (truth.get(byte) ?? []).map((index) => index.join()).sort();
      expect(
        elementsAt(one, byte, 100)
          .map((index) => index.join())
          .sort(),
      ).toEqual(wanted);
    }
  });

  it("covers the parts of its storage that its elements lie in", () => {
    const truth = bytes(one);
    const parts = coverage(one, 80, 20).map((share) => Math.round(share * 1_000) / 1_000);
    expect(parts).toEqual(Array.from({ length: 20 }, (__, part) => (truth.has(4 * part) ? 1 : 0)));
  });
});

describe("an expanded dimension", () => {
  const expanded = layout([2, 3], [1, 0]);

  it("has no index, for all are at one byte", () => {
    expect(elementsAt(expanded, 4)).toEqual([[1, null]]);
    expect(repeats(expanded)).toBe(3);
  });

  it("is not in the formula of the position", () => {
    expect(addressText(expanded)).toBe("[i, j] → i");
  });
});

describe("a large storage", () => {
  const million = 4_000_000;

  it("is covered evenly by every second element", () => {
    const shares = coverage(layout([500_000], [2]), million, 100);
    expect(Math.min(...shares)).toBeGreaterThan(0.49);
    expect(Math.max(...shares)).toBeLessThan(0.51);
  });

  it("is covered whole by a transpose, and half by half of its rows", () => {
    expect(Math.min(...coverage(layout([1_000, 1_000], [1, 1_000]), million, 64))).toBeCloseTo(1);
    const half = coverage(layout([500, 1_000], [1_000, 1]), million, 10);
    expect(half.map((share) => Math.round(share))).toEqual([1, 1, 1, 1, 1, 0, 0, 0, 0, 0]);
  });

  it("shows a column as a thin part of each row", () => {
    const shares = coverage(layout([1_000], [1_000], 3), million, 100);
    expect(shares.every((share) => Math.abs(share - 0.001) < 0.0002)).toBe(true);
  });
});

it("tells where an element lies, as a formula", () => {
  expect(addressText(layout([2, 3], [3, 1]))).toBe("[i, j] → 3i + j");
  expect(addressText(layout([2], [3], 1))).toBe("[i] → 1 + 3i");
  expect(addressText(layout([2, 3], [3, -1], 2))).toBe("[i, j] → 2 + 3i − j");
  expect(addressText(layout([3], [0], 0))).toBe("[i] → 0");
  expect(addressText(layout([], [], 1))).toBeNull();
});

it.each([
  ["torch.float32", 4],
  ["torch.bool", 1],
  ["bool", 1],
  ["torch.complex64", 8],
  ["torch.float8_e4m3fn", 1],
  ["int64", 8],
])("knows the size of %s", (dtype, size) => {
  expect(itemsizeOf(dtype)).toBe(size);
});
