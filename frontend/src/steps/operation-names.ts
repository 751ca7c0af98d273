/** Names of operations as a person typed them, and the key of their description. */

import type { OperationRecord } from "../api/schema.ts";
import type { OperationName, Operations } from "../i18n/operations.ts";

/** How the special methods of a tensor are written. */
const TYPED: Readonly<Record<string, string>> = {
  ...{ getitem: "x[…]", setitem: "x[…] = …", invert: "~", neg: "-", abs: "abs()" },
  ...{ add: "+", sub: "-", mul: "*", matmul: "@", truediv: "/", div: "/", floordiv: "//", mod: "%", pow: "**" },
  ...{
    lshift: "<<",
    rshift: ">>",
    and: "&",
    or: "|",
    xor: "^",
    eq: "==",
    ne: "!=",
    lt: "<",
    le: "<=",
    gt: ">",
    ge: ">=",
  },
};

/** Layers and losses whose function has another name. */
const FUNCTIONS: Readonly<Record<string, OperationName>> = {
  bceloss: "binary_cross_entropy",
  bcewithlogitsloss: "binary_cross_entropy_with_logits",
  kldivloss: "kl_div",
  crossentropyloss: "cross_entropy",
};

/** The name of an operation as it was typed: `**` where torch has `torch.Tensor.__pow__`. */
export function typedName(name: string): string {
  const method = special(name);
  if (method === null) return name;
  const [inPlace, plain] = [TYPED[method.replace(/^i/, "")], TYPED[method] ?? TYPED[method.replace(/^r/, "")]];
  return plain ?? (inPlace === undefined ? name : `${inPlace}=`);
}

/** The key of the description of an operation; null if there is none. */
export function described(operation: OperationRecord, texts: Operations): OperationName | null {
  const { name } = operation;
  const has = (key: string): key is OperationName => Object.hasOwn(texts, key);
  const last = name.slice(name.lastIndexOf(".") + 1);
  const method = special(name);
  const keys =
    method === null ? [last, last.replace(/_$/, "")] : [method, method.replace(/^i/, ""), OPERATORS[method] ?? ""];
  // A gradient is returned by `torch.autograd.grad` alone, and a network's layers are named like no function of torch itself.
  const found = keys.find(has) ?? (name.startsWith("torch.nn.") ? layer(last, texts) : undefined);
  return found === undefined ? null : (byInputs(found, operation) ?? found);
}

/** Operators whose method has another name than their function. */
const OPERATORS: Readonly<Record<string, string>> = { truediv: "div", mod: "remainder" };

/** What one name does with two tensors, or with one. */
function byInputs(key: OperationName, { inputs }: OperationRecord): OperationName | null {
  if (inputs.length >= 2 && key === "max") return "maximum";
  if (inputs.length >= 2 && key === "min") return "minimum";
  if (inputs.length === 1 && key === "where") return "nonzero";
  return null;
}

/** `torch.nn.BatchNorm2d` does what `batch_norm` does. */
function layer(name: string, texts: Operations): OperationName | undefined {
  const wanted = squeezed(name);
  const keys = Object.keys(texts) as OperationName[];
  return (
    FUNCTIONS[wanted] ??
    keys.find((key) => squeezed(key) === wanted) ??
    keys.find((key) => squeezed(key) === wanted.replace(/\d?d$/, ""))
  );
}

function squeezed(name: string): string {
  return name.replaceAll("_", "").toLowerCase();
}

/** The `pow` of `torch.Tensor.__pow__`; null for a name without the underscores. */
function special(name: string): string | null {
  return /\.__(\w+)__$/.exec(name)?.[1] ?? null;
}
