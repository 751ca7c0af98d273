/** Lines of a program to be put in order: which of them are in it, in which order. */

import type { ParsonsLine } from "../api/schema.ts";
import { shuffled } from "../gates/choices.ts";

/** A level of indentation. */
const INDENT = "    ";

/** The indices of the lines that are in the program. */
export type Order = readonly number[];

/** The lines that are not in the program, in an order that says nothing. */
export function poolOf(lines: readonly ParsonsLine[], order: Order): readonly number[] {
  const all = shuffled([...lines.keys()], lines.map(({ text }) => text).join("\n"));
  return all.filter((line) => !order.includes(line));
}

/** With a line before the one at `at`, wherever it was. */
export function placed(order: Order, line: number, at: number): Order {
  const was = order.indexOf(line);
  const left = order.filter((one) => one !== line);
  return left.toSpliced(was >= 0 && was < at ? at - 1 : at, 0, line);
}

export function without(order: Order, line: number): Order {
  return order.filter((one) => one !== line);
}

/** With a line moved by one, if it can be. */
export function shifted(order: Order, line: number, by: -1 | 1): Order {
  const at = order.indexOf(line);
  const to = at + by;
  if (at < 0 || to < 0 || to >= order.length) return order;
  return order.toSpliced(at, 1).toSpliced(to, 0, line);
}

/** The program that the lines make. */
export function programOf(lines: readonly ParsonsLine[], order: Order): string {
  return order
    .flatMap((at) => lines[at] ?? [])
    .map(({ text, indent }) => INDENT.repeat(indent) + text)
    .join("\n");
}

/** As it is kept, and read again. */
export function writtenOrder(order: Order): string {
  return order.join(",");
}

export function orderOf(text: string | undefined, count: number): Order {
  const order = (text ?? "")
    .split(",")
    .filter((part) => /^\d+$/.test(part))
    .map(Number);
  return new Set(order).size === order.length && order.every((line) => line < count) ? order : [];
}
