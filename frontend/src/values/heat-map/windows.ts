/** Windows on large tensors as the service sends them: numbers in base64, for elements or for blocks of them. */

import type { TensorWindow } from "../../api/schema.ts";
import type { Element } from "../../numbers/text.ts";

type Numbers = Float32Array | Float64Array | BigInt64Array | BigUint64Array | Uint8Array;

/** What is known of one cell: an element, or the mean and extremes of the block that it is in. */
export type Reading =
  | { readonly kind: "element"; readonly element: Element }
  | {
      readonly kind: "block";
      readonly rows: readonly [number, number];
      readonly columns: readonly [number, number];
      readonly mean: Element;
      readonly least: Element;
      readonly most: Element;
    };

/** A part of a matrix: `rows` and `columns` from the first to past the last, in blocks of `block`. */
export class WindowNumbers {
  readonly rows: readonly [number, number];
  readonly columns: readonly [number, number];
  readonly block: readonly [number, number];
  /** Blocks down and across. */
  readonly height: number;
  readonly width: number;
  readonly #data: Numbers;
  readonly #least: Numbers;
  readonly #most: Numbers;
  readonly #pairs: boolean;
  readonly #boolean: boolean;

  constructor(body: TensorWindow) {
    this.rows = body.rows;
    this.columns = body.columns;
    this.block = body.block;
    this.height = Math.ceil((this.rows[1] - this.rows[0]) / this.block[0]);
    this.width = Math.ceil((this.columns[1] - this.columns[0]) / this.block[1]);
    this.#data = numbers(body.data, body.format);
    this.#least = numbers(body.minimum, body.format);
    this.#most = numbers(body.maximum, body.format);
    this.#pairs = body.complex && !this.reduced;
    this.#boolean = body.dtype.endsWith("bool") && !this.reduced;
  }

  /** Whether a block is more than one element. */
  get reduced(): boolean {
    return this.block[0] > 1 || this.block[1] > 1;
  }

  /** The number that a block is coloured by: of a complex element its absolute value. NaN if it is none. */
  size(row: number, column: number): number {
    const index = row * this.width + column;
    if (this.#pairs) return Math.hypot(Number(this.#data[2 * index]), Number(this.#data[2 * index + 1]));
    return Number(this.#data[index]);
  }

  /** What is known of an element by its row and column in the matrix; null beyond the window. */
  at(row: number, column: number): Reading | null {
    if (row < this.rows[0] || row >= this.rows[1] || column < this.columns[0] || column >= this.columns[1]) return null;
    const down = Math.floor((row - this.rows[0]) / this.block[0]);
    const across = Math.floor((column - this.columns[0]) / this.block[1]);
    const index = down * this.width + across;
    if (!this.reduced) return { kind: "element", element: this.#element(index) };
    const [top, left] = [this.rows[0] + down * this.block[0], this.columns[0] + across * this.block[1]];
    return {
      kind: "block",
      rows: [top, Math.min(top + this.block[0], this.rows[1])],
      columns: [left, Math.min(left + this.block[1], this.columns[1])],
      mean: real(this.#data[index]),
      least: real(this.#least[index]),
      most: real(this.#most[index]),
    };
  }

  #element(index: number): Element {
    if (this.#pairs) return [real(this.#data[2 * index]), real(this.#data[2 * index + 1])];
    return this.#boolean ? this.#data[index] === 1 : real(this.#data[index]);
  }
}

/** A number as the rest of the API writes it. */
function real(value: number | bigint | undefined): number | string {
  if (value === undefined) return "?";
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  return Number.isFinite(value) ? value : String(value);
}

function numbers(base64: string, format: TensorWindow["format"]): Numbers {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) bytes[index] = text.charCodeAt(index);
  switch (format) {
    case "uint8":
      return bytes;
    case "int64":
      return new BigInt64Array(bytes.buffer);
    case "uint64":
      return new BigUint64Array(bytes.buffer);
    case "float32":
      return new Float32Array(bytes.buffer);
    case "float64":
      return new Float64Array(bytes.buffer);
  }
}
