import { describe, expect, it } from "vitest";

import {
  cameFrom,
  drawnShape,
  feeds,
  indexText,
  isGhost,
  originOf,
  broadcastOf,
  sourceOf,
  symbolOf,
} from "../../src/broadcast/broadcast.ts";
import { operation } from "../support/answers.ts";

/** a + b with a of (3, 1) and b of (2,) */
const SUM = operation({
  id: "op1",
  name: "torch.Tensor.add",
  inputs: ["t1", "t2"],
  input_shapes: [[3, 1], [2]],
  broadcast: [
    { input: 0, shape: [3, 1], result: [3, 2], stretched: [1], added: [] },
    { input: 1, shape: [2], result: [3, 2], stretched: [], added: [0] },
  ],
});

describe("a sum of a column and a row", () => {
  const [column, row] = broadcastOf(SUM)?.operands ?? [];
  if (column === undefined || row === undefined) throw new Error("no operands");

  it("tells what became of each dimension", () => {
    expect(column.fates.map(({ kind }) => kind)).toEqual(["kept", "stretched"]);
    expect(row.fates.map(({ kind }) => kind)).toEqual(["added", "kept"]);
    expect(drawnShape(column)).toEqual([3, 2]);
    expect(drawnShape(row)).toEqual([3, 2]);
  });

  it("shows in each cell the element that is read there, and which cells are copies", () => {
    expect(sourceOf(column, [2, 1])).toEqual([2, 0]);
    expect(sourceOf(row, [2, 1])).toEqual([1]);
    expect(isGhost(column, [2, 0])).toBe(false);
    expect(isGhost(column, [2, 1])).toBe(true);
    expect(isGhost(row, [0, 1])).toBe(false);
    expect(isGhost(row, [1, 1])).toBe(true);
  });

  it("follows a cell of the result to its elements, and back", () => {
    expect(originOf(column, [2, 1])).toEqual([2, 0]);
    expect(originOf(row, [2, 1])).toEqual([1]);
    expect(feeds(column, [2, 1], [2, 1])).toBe(true);
    expect(feeds(column, [2, 0], [2, 1])).toBe(false);
    expect(cameFrom(row, [1], [2, 1])).toBe(true);
    expect(cameFrom(row, [0], [2, 1])).toBe(false);
  });
});

describe("a matrix product", () => {
  const picture = broadcastOf(
    operation({
      id: "op1",
      name: "torch.Tensor.matmul",
      inputs: ["t1", "t2"],
      input_shapes: [
        [2, 1, 3, 4],
        [5, 4, 2],
      ],
      broadcast: [
        { input: 0, shape: [2, 1, 3, 4], result: [2, 5, 3, 2], stretched: [1], added: [] },
        { input: 1, shape: [5, 4, 2], result: [2, 5, 3, 2], stretched: [], added: [0] },
      ],
    }),
  );
  const [left, right] = picture?.operands ?? [];
  if (left === undefined || right === undefined) throw new Error("no operands");

  it("stretches the dimensions before the last two alone", () => {
    expect(drawnShape(left)).toEqual([2, 5, 3, 4]);
    expect(drawnShape(right)).toEqual([2, 5, 4, 2]);
  });

  it("makes a cell of a whole row and a whole column", () => {
    expect(indexText(originOf(left, [1, 3, 2, 0]))).toBe("[1, 0, 2, :]");
    expect(indexText(originOf(right, [1, 3, 2, 0]))).toBe("[3, :, 0]");
    expect(feeds(left, [1, 3, 2, 3], [1, 3, 2, 0])).toBe(true);
    expect(cameFrom(right, [3, 2, 0], [1, 3, 2, 0])).toBe(true);
    expect(cameFrom(right, [3, 2, 1], [1, 3, 2, 0])).toBe(false);
  });
});

it("has no picture of an operation that stretched nothing", () => {
  expect(broadcastOf(operation({ id: "op1", broadcast: [] }))).toBeNull();
});

it("leaves out an input that took no part", () => {
  const expanded = operation({
    id: "op1",
    name: "torch.Tensor.expand_as",
    inputs: ["t1", "t2"],
    input_shapes: [
      [1, 2],
      [3, 5],
    ],
    broadcast: [{ input: 0, shape: [1, 2], result: [3, 2], stretched: [0], added: [] }],
  });
  expect(broadcastOf(expanded)?.operands.map(({ id }) => id)).toEqual(["t1"]);
});

it("keeps an input that has the shape of the result already", () => {
  const [, kept] =
    broadcastOf(
      operation({
        id: "op1",
        inputs: ["t1", "t2"],
        input_shapes: [[2], [3, 2]],
        broadcast: [{ input: 0, shape: [2], result: [3, 2], stretched: [], added: [0] }],
      }),
    )?.operands ?? [];
  expect(kept?.fates.map(({ kind }) => kind)).toEqual(["kept", "kept"]);
});

it.each([
  ["torch.Tensor.add", "+"],
  ["torch.Tensor.add_", "+"],
  ["torch.Tensor.__rsub__", null],
  ["torch.Tensor.__iadd__", "+"],
  ["torch.true_divide", null],
  ["torch.Tensor.__truediv__", "÷"],
  ["torch.where", null],
])("writes %s as %s", (name, symbol) => {
  expect(symbolOf(operation({ id: "op1", name }))).toBe(symbol);
});
