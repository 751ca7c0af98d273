/** Series as curves: which are worth drawing, where each of their numbers is, and what is said of them. */

import type { SeriesRecord } from "../../api/schema.ts";

/** A series whose numbers are all numbers. */
export interface Curve {
  readonly name: string;
  readonly measure: SeriesRecord["measure"];
  readonly values: readonly number[];
  /** The step of each of the first values. */
  readonly steps: readonly number[];
  /** Whether the statement ran more often than there are values. */
  readonly ended: boolean;
}

/** A place in the picture, from the upper left corner. */
export interface Place {
  readonly x: number;
  readonly y: number;
}

/** How numbers lie between the least and the greatest of them that are finite. */
export interface Axis {
  readonly least: number;
  readonly most: number;
  readonly logarithmic: boolean;
}

/** How many times the least number the greatest has to be for the axis to be logarithmic. */
const DECADES = 100;
/** Numbers between which one line is drawn as a whole: more are not seen. */
const COLUMNS = 300;

/** The curves of an answer: what the program computes first, then how parameters moved. Counters are none. */
export function curvesOf(series: readonly SeriesRecord[]): Curve[] {
  const curves = series.map(({ name, measure, values, steps, ended }): Curve => ({
    name,
    measure,
    values: values.map(Number),
    steps,
    ended,
  }));
  return curves
    .filter(({ values }) => values.length > 2 && !isCounter(values) && values.some((value) => value !== values[0]))
    .sort((one, other) => rank(one) - rank(other));
}

/** Whether numbers go up by the same each time, as a loop's own variable does. */
function isCounter(values: readonly number[]): boolean {
  const by = (values[1] ?? 0) - (values[0] ?? 0);
  return values.every((value, at) => at === 0 || (Number.isInteger(value) && value - (values[at - 1] ?? 0) === by));
}

/** Losses and the like first, then values of parameters, then their norms. */
function rank({ measure, name }: Curve): number {
  if (measure === "value") return /loss|acc|error/i.test(name) ? 0 : 1;
  return measure === "gradient_norm" ? 2 : 3;
}

/** The index of the number that a step shows, which is the last one by then; null before the first. `step` null: the end. */
export function shownAt({ values, steps }: Curve, step: number | null): number | null {
  if (step === null) return values.length - 1;
  let [low, high] = [0, steps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((steps[middle] ?? 0) <= step) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? null : low - 1;
}

/** The axis of numbers; null if none is finite. */
export function axisOf(values: readonly number[]): Axis | null {
  const finite = values.filter(Number.isFinite);
  if (finite.length === 0) return null;
  const least = finite.reduce((one, other) => Math.min(one, other));
  const most = finite.reduce((one, other) => Math.max(one, other));
  return { least, most, logarithmic: least > 0 && most / least >= DECADES };
}

/** The place of one number in a picture of the width and height 1; null if it is not finite. */
export function placeOf(values: readonly number[], axis: Axis, at: number): Place | null {
  const value = values[at];
  if (value === undefined || !Number.isFinite(value)) return null;
  const on = (size: number): number => (axis.logarithmic ? Math.log(size) : size);
  const extent = on(axis.most) - on(axis.least);
  return {
    x: at / Math.max(values.length - 1, 1),
    y: extent === 0 ? 0.5 : (on(axis.most) - on(value)) / extent,
  };
}

/** The lines of a curve in such a picture, broken where a number is not finite. */
export function linesOf(values: readonly number[], axis: Axis): Place[][] {
  const lines: Place[][] = [[]];
  for (const at of drawn(values)) {
    const place = placeOf(values, axis, at);
    if (place === null) lines.push([]);
    else lines.at(-1)?.push(place);
  }
  return lines.filter((line) => line.length > 0);
}

/** The numbers that are drawn, by index: all if they are few, else the least and the greatest of each column. */
function drawn(values: readonly number[]): number[] {
  if (values.length <= 2 * COLUMNS) return values.map((_, at) => at);
  const chosen = new Set<number>([0, values.length - 1]);
  for (let column = 0; column < COLUMNS; column++) {
    const from = Math.floor((column * values.length) / COLUMNS);
    const to = Math.floor(((column + 1) * values.length) / COLUMNS);
    let [low, high] = [from, from];
    for (let at = from; at < to; at++) {
      const value = values[at] ?? NaN;
      if (!Number.isFinite(value)) chosen.add(at);
      if (value < (values[low] ?? NaN)) low = at;
      if (value > (values[high] ?? NaN)) high = at;
    }
    chosen.add(low).add(high);
  }
  return [...chosen].sort((one, other) => one - other);
}
