import { describe, expect, it } from "vitest";

import type { Gate } from "../../src/api/schema.ts";
import { isRight, remark } from "../../src/gates/answers.ts";
import { gate } from "../support/gates.ts";

const answered = (kind: Gate["kind"], answer: string): Gate => gate({ kind, answer });

describe("an answer to a gate", () => {
  it("is a shape however its sizes are written", () => {
    const shape = answered("shape", "(2, 3)");
    for (const given of ["(2, 3)", "2,3", "[2, 3]", "2 x 3", "2×3", "torch.Size([2, 3])", "（2，3）"])
      expect(isRight(shape, given), given).toBe(true);
    for (const given of ["(3, 2)", "(2,)", "6", "(2, 3, 1)", "two"]) expect(isRight(shape, given), given).toBe(false);
  });

  it("is the shape of a scalar, which has no size", () => {
    for (const given of ["()", "[]", "torch.Size([])"]) expect(isRight(answered("shape", "()"), given)).toBe(true);
    for (const given of ["(1,)", "0", "x"]) expect(isRight(answered("shape", "()"), given)).toBe(false);
  });

  it("is a number as exactly as the person wrote it, but not more roughly than by two digits", () => {
    const third = answered("value", "0.3333333432674408");
    for (const given of ["0.3333", "0.33", "0.33333334"]) expect(isRight(third, given), given).toBe(true);
    for (const given of ["0.3", "0", "0.34", "1/3", ""]) expect(isRight(third, given), given).toBe(false);
    expect(isRight(answered("value", "4.5"), "4.5")).toBe(true);
    expect(isRight(answered("value", "4.5"), "4.50")).toBe(true);
    expect(isRight(answered("value", "-3.0"), "−3")).toBe(true);
  });

  it("is nested numbers with their brackets", () => {
    const values = answered("value", "[[1.0, 2.0], [3.0, 4.0]]");
    expect(isRight(values, "[[1, 2], [3, 4]]")).toBe(true);
    expect(isRight(values, "tensor([[1., 2.],\n        [3., 4.]])")).toBe(true);
    expect(isRight(values, "[1, 2, 3, 4]")).toBe(false);
  });

  it("is None for a gradient that is not there", () => {
    expect(isRight(answered("grad", "None"), "none")).toBe(true);
    expect(isRight(answered("grad", "None"), "0")).toBe(false);
  });

  it("is a dtype by any of its names", () => {
    const dtype = answered("dtype", "torch.float32");
    for (const given of ["torch.float32", "float32", "float", "torch.float"]) expect(isRight(dtype, given)).toBe(true);
    expect(isRight(dtype, "float64")).toBe(false);
  });
});

describe("what is said of an answer", () => {
  it("is what the author foresaw of a miss, however that is written", () => {
    const shape = gate({ kind: "shape", answer: "(2, 3)", misses: [{ answer: "(3,)", because: "A row is added." }] });
    expect(remark(shape, "[3]")).toBe("A row is added.");
    expect(remark(shape, "(6,)")).toBeNull();
  });

  it("is the text of the option that was picked", () => {
    const which = gate({
      kind: "which",
      answer: null,
      options: [
        { text: "it is a view", right: true, because: "Yes: one storage." },
        { text: "it is a copy", right: false, because: "Nothing was copied." },
      ],
    });
    expect(isRight(which, "it is a view")).toBe(true);
    expect(isRight(which, "it is a copy")).toBe(false);
    expect(remark(which, "it is a copy")).toBe("Nothing was copied.");
  });
});
