/**
 * The colour scale of a group of elements: diverging around zero if there are both signs, sequential otherwise.
 *
 * A colour is a tone (one of the page's colours, which are told apart by every common kind of colour vision) and how much of
 * it there is; the style mixes it with the ground. The number on it stays readable on every mixture.
 */

import type { SummaryValues } from "../api/schema.ts";
import { type Element, magnitude } from "./text.ts";

export type Tone = "negative" | "positive" | "magnitude";

/** A colour of the scale: `share` of the tone, from 0 to 1. */
interface Tint {
  readonly tone: Tone;
  readonly share: number;
}

/** `diverging`: from -limit to limit. `sequential`: from low to high, none of it negative. */
export type Scale =
  | { readonly kind: "diverging"; readonly limit: number }
  | { readonly kind: "sequential"; readonly low: number; readonly high: number };

/**
 * The scale of numbers from `least` to `most`. It begins at zero, unless they are close together and far from it; if all are
 * the same, that one is in the middle of the scale.
 */
export function scaleBetween(least: number, most: number): Scale {
  if (least < 0) return { kind: "diverging", limit: least === most ? -2 * least : Math.max(-least, most) };
  if (least === most) return { kind: "sequential", low: 0, high: 2 * most };
  return { kind: "sequential", low: least > most / 2 ? least : 0, high: most };
}

/**
 * The scale of a large tensor by its statistics. A few elements far out do not take the colours from the others: it ends three
 * standard deviations around the mean, if that is less far.
 */
export function scaleOfSummary({ min, max, mean, std }: Pick<SummaryValues, "min" | "max" | "mean" | "std">): Scale {
  const [least, most, middle, spread] = [min, max, mean, std].map((statistic) => Number(statistic ?? NaN));
  if (least === undefined || most === undefined || Number.isNaN(least) || Number.isNaN(most))
    return { kind: "sequential", low: 0, high: 0 };
  const [low, high] = [(middle ?? NaN) - 3 * (spread ?? NaN), (middle ?? NaN) + 3 * (spread ?? NaN)];
  if (Number.isNaN(low) || least === most) return scaleBetween(least, most);
  return scaleBetween(
    least < 0 ? Math.min(Math.max(least, low), -Number.MIN_VALUE) : Math.max(least, low),
    Math.min(most, high),
  );
}

/** The scale of these elements; those that are no finite numbers have no part in it. */
export function scaleOf(elements: readonly Element[]): Scale {
  let [least, most] = [Infinity, -Infinity];
  for (const element of elements) {
    const size = magnitude(element);
    if (size === null) continue;
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  return least > most ? { kind: "sequential", low: 0, high: 0 } : scaleBetween(least, most);
}

/** The colour of a number. */
export function tint(size: number, scale: Scale): Tint {
  if (scale.kind === "diverging")
    return { tone: size < 0 ? "negative" : "positive", share: part(Math.abs(size), scale.limit) };
  return { tone: "magnitude", share: part(size - scale.low, scale.high - scale.low) };
}

/** The colour of an element as a cell's style takes it; nothing for what is no finite number. */
export function tintStyle(element: Element, scale: Scale): string {
  const size = magnitude(element);
  if (size === null) return "";
  const { tone, share } = tint(size, scale);
  return `--tone: var(--${tone}); --share: ${Math.round(100 * share)}%`;
}

function part(size: number, whole: number): number {
  if (!(size > 0) || !(whole > 0)) return 0;
  return size >= whole ? 1 : size / whole;
}
