/** Elements of tensors as text: one format for a group, as torch prints them (4 decimals, scientific for wide ranges). */

import { exponential, fixed } from "./rounding.ts";

/**
 * An element as the API sends it: a number, a boolean, [real, imaginary], or a string: the name of a number that is not finite,
 * or the digits of an integer beyond what a number can represent.
 */
export type Element = number | boolean | string | readonly [Real, Real];
type Real = number | string;

/** The element as an element, whatever was sent. */
export function asElement(value: unknown): Element {
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "string") return value;
  if (Array.isArray(value) && value.length === 2) return [real(value[0]), real(value[1])];
  return "?";
}

function real(value: unknown): Real {
  return typeof value === "number" || typeof value === "string" ? value : "?";
}

/** A text for each element, all in one format. */
export function texts(elements: readonly Element[], integral: boolean): string[] {
  const reals = elements.flatMap((element) => (typeof element === "object" ? element : [element]));
  const write = writer(
    reals.filter((part) => typeof part === "number"),
    integral,
  );
  return elements.map((element) => (typeof element === "object" ? complex(element, write) : write(element)));
}

function complex([re, im]: readonly [Real, Real], write: (part: Real) => string): string {
  const imaginary = write(im);
  return `${write(re)}${imaginary.startsWith("-") ? "" : "+"}${imaginary}j`;
}

function writer(numbers: readonly number[], integral: boolean): (value: Real | boolean) => string {
  const format = integral ? String : floats(numbers);
  return (value) => {
    if (typeof value === "number") return format(value);
    if (typeof value === "boolean") return value ? "True" : "False";
    return spelled(value);
  };
}

function floats(numbers: readonly number[]): (value: number) => string {
  const sizes = numbers.map(Math.abs).filter((size) => size > 0);
  const smallest = sizes.reduce((a, b) => Math.min(a, b), Infinity);
  const largest = sizes.reduce((a, b) => Math.max(a, b), 0);
  const whole = numbers.every(Number.isInteger);
  if (sizes.length > 0 && (largest > 1e8 || largest / smallest > 1000 || (!whole && smallest < 1e-4))) {
    const digits = shortest(numbers, exponential, (text) => text.split("e")[0] ?? "");
    return (value) => exponential(value, digits).replace(/e([+-])(\d)$/, "e$10$2");
  }
  if (whole) return (value) => `${Object.is(value, -0) ? "-0" : value}.`;
  const digits = shortest(numbers, fixed, (text) => text);
  return (value) => fixed(value, digits);
}

/** The fewest decimals, up to 4, that show every number as 4 decimals would. */
function shortest(
  numbers: readonly number[],
  write: (value: number, digits: number) => string,
  mantissa: (text: string) => string,
): number {
  const zeros = numbers.map((value) => /0*$/.exec(mantissa(write(value, 4)))?.[0].length ?? 0);
  return 4 - Math.min(4, ...zeros);
}

/** A statistic: at most 5 significant digits. */
export function statistic(value: number | string | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (typeof value === "string") return spelled(value);
  if (Number.isInteger(value) && Math.abs(value) < 1e7) return String(value);
  const size = Math.abs(value);
  return size >= 1e5 || (size > 0 && size < 1e-3) ? value.toExponential(3) : String(Number(value.toPrecision(5)));
}

/** One element by itself, in at most so many significant digits. */
export function compact(element: Element, integral: boolean, digits = 4): string {
  const write = (part: Real | boolean): string => {
    if (typeof part === "boolean") return part ? "True" : "False";
    if (typeof part === "string") return spelled(part);
    if (integral || part === 0) return String(part);
    const size = Math.abs(part);
    if (size >= 10 ** (digits + 1) || size < 1e-3)
      return part.toExponential(Math.max(2, digits - 2)).replace(/\.?0+e/, "e");
    // Digits before the point are never rounded.
    return String(Number(part.toPrecision(Math.max(digits, Math.floor(Math.log10(size)) + 1))));
  };
  return typeof element === "object" ? complex(element, write) : write(element);
}

/** A number that is not finite, as torch spells it. */
function spelled(name: string): string {
  return { NaN: "nan", Infinity: "inf", "-Infinity": "-inf" }[name] ?? name;
}

/** A signed size of an element for its colour, of a complex one its absolute value; null if it is not finite. */
export function magnitude(element: Element): number | null {
  const size = typeof element === "object" ? Math.hypot(Number(element[0]), Number(element[1])) : Number(element);
  return Number.isFinite(size) ? size : null;
}

/** Whether elements of this dtype are written without a decimal point. */
export function isIntegral(dtype: string): boolean {
  return /int|bool|long|short/.test(dtype);
}
