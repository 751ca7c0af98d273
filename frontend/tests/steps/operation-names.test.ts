import { describe, expect, it } from "vitest";

import type { OperationRecord } from "../../src/api/schema.ts";
import { LANGS } from "../../src/i18n/index.ts";
import { OPERATIONS } from "../../src/i18n/operations.ts";
import { described, typedName } from "../../src/steps/operation-names.ts";

const english = await OPERATIONS.en();

/** An operation of this name on so many tensors. */
function operation(name: string, inputs = 1): OperationRecord {
  return { name, inputs: Array.from({ length: inputs }, (_, index) => `t${index}`) } as unknown as OperationRecord;
}

describe("the name of an operation", () => {
  it.each([
    ["torch.Tensor.__getitem__", "x[…]"],
    ["torch.Tensor.__setitem__", "x[…] = …"],
    ["torch.Tensor.__pow__", "**"],
    ["torch.Tensor.__rpow__", "**"],
    ["torch.Tensor.__ipow__", "**="],
    ["torch.Tensor.__rsub__", "-"],
    ["torch.Tensor.__rtruediv__", "/"],
    ["torch.Tensor.__rshift__", ">>"],
    ["torch.Tensor.__invert__", "~"],
    ["torch.Tensor.__ior__", "|="],
    ["torch.Tensor.add_", "torch.Tensor.add_"],
    ["torch.Tensor.__unheard_of__", "torch.Tensor.__unheard_of__"],
  ])("%s is shown as it was typed", (name, typed) => {
    expect(typedName(name)).toBe(typed);
  });
});

describe("the description of an operation", () => {
  it.each([
    ["torch.add", "add"],
    ["torch.Tensor.add_", "add"],
    ["torch.Tensor.__ipow__", "pow"],
    ["torch.Tensor.__getitem__", "getitem"],
    ["torch.Tensor.__mod__", "remainder"],
    ["torch.Tensor.T", "T"],
    ["torch.Tensor.t", "t"],
    ["torch.nn.Linear", "linear"],
    ["torch.nn.BatchNorm2d", "batch_norm"],
    ["torch.nn.Conv2d", "conv2d"],
    ["torch.nn.ReLU", "relu"],
    ["torch.nn.MSELoss", "mse_loss"],
    ["torch.nn.BCEWithLogitsLoss", "binary_cross_entropy_with_logits"],
    ["torch.nn.functional.cross_entropy", "cross_entropy"],
    ["torch.nn.init.normal_", "normal_"],
    ["torch.nn.utils.clip_grad_norm_", "clip_grad_norm_"],
    ["torch.linalg.norm", "norm"],
    ["torch.Tensor.requires_grad_", "requires_grad_"],
  ])("of %s is that of %s", (name, key) => {
    expect(described(operation(name), english)).toBe(key);
  });

  it("is another where one name does two things", () => {
    expect(described(operation("torch.max", 1), english)).toBe("max");
    expect(described(operation("torch.max", 2), english)).toBe("maximum");
    expect(described(operation("torch.where", 1), english)).toBe("nonzero");
    expect(described(operation("torch.where", 3), english)).toBe("where");
  });

  it("is missing where we have none", () => {
    expect(described(operation("torch.fft.fft"), english)).toBeNull();
    expect(described(operation("torch.constructor"), english)).toBeNull();
    expect(described(operation("torch.nn.Nothing"), english)).toBeNull();
  });

  it("is short, a sentence, and there for what courses use, in each language", async () => {
    for (const lang of LANGS) {
      const texts = Object.entries(await OPERATIONS[lang]());
      expect(texts.length).toBeGreaterThanOrEqual(150);
      expect(texts.filter(([, text]) => text.length > 100)).toEqual([]);
      expect(texts.filter(([, text]) => !/[.。]$/.test(text))).toEqual([]);
    }
  });

  it("says no English word of its own in Chinese but names and terms", async () => {
    const known =
      /Python|NumPy|GPU|CPU|NaN|ReLU|KL|dtype|Kaiming|Xavier|softmax|log_softmax|log|sigmoid|float\d+|bfloat16|int\d+|`\.grad`/g;
    const texts = Object.entries(await OPERATIONS["zh-CN"]());
    const mixed = texts.filter(([, text]) => /[A-Za-z]{3,}/.test(text.replace(known, "")));
    expect(mixed).toEqual([]);
  });
});
