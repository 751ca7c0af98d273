/**
 * Which bytes of its storage the elements of a tensor or array are at: offset and strides, counted in bytes.
 *
 * NOTE. The element [i, j, …] begins at byte offset + i·stride₀ + j·stride₁ + …. To find the elements at a byte, dimensions are
 * tried from the largest stride to the smallest. What the smaller ones can reach bounds the index of each, so that in ordinary
 * layouts there is one candidate and no search. In a dimension of stride 0 all indices have the same byte: an element has no
 * index there (null).
 */

import type { Member } from "../timeline/member.ts";

export interface ByteLayout {
  readonly offset: number;
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly itemsize: number;
}

/** The index of an element; null for a dimension of stride 0. */
export type Index = readonly (number | null)[];

/** So many steps are made in search of elements, in layouts that overlap in ways that nothing bounds. */
const SEARCH = 10_000;

/** The layout of a tensor or array; null if its storage is not known. */
export function layoutOf(member: Member): ByteLayout | null {
  const { layout } = member;
  if (layout.storage === null) return null;
  const itemsize = itemsizeOf(layout.dtype);
  if ("strides" in layout) return { offset: layout.offset, shape: layout.shape, strides: layout.strides, itemsize };
  if (layout.stride.length !== layout.shape.length) return null;
  const strides = layout.stride.map((stride) => stride * itemsize);
  return { offset: layout.offset * itemsize, shape: layout.shape, strides, itemsize };
}

/** Bytes of an element. The names of dtypes have its bits: float32, torch.bfloat16, complex64, torch.float8_e4m3fn. */
export function itemsizeOf(dtype: string): number {
  const bits = Number(/\d+/.exec(dtype)?.[0] ?? 8);
  return Math.max(1, Math.floor(bits / 8));
}

export function numel(layout: ByteLayout): number {
  return layout.shape.reduce((count, size) => count * size, 1);
}

interface Dimension {
  readonly at: number;
  readonly size: number;
  readonly stride: number;
  readonly reversed: boolean;
}

/** The dimensions of more than one element and a stride, smallest stride first, and the lowest byte of all elements. */
function spread(layout: ByteLayout): { readonly dimensions: Dimension[]; readonly lowest: number } {
  let lowest = layout.offset;
  const dimensions = layout.shape.flatMap((size, at): Dimension[] => {
    const stride = layout.strides[at] ?? 0;
    if (size < 2 || stride === 0) return [];
    if (stride < 0) lowest += stride * (size - 1);
    return [{ at, size, stride: Math.abs(stride), reversed: stride < 0 }];
  });
  return { dimensions: dimensions.sort((a, b) => a.stride - b.stride), lowest };
}

/** The elements that begin at a byte of the storage, at most `most` of them. */
export function elementsAt(layout: ByteLayout, byte: number, most = 8): Index[] {
  if (numel(layout) === 0) return [];
  const { dimensions, lowest } = spread(layout);
  const reach = dimensions.map((_, at) =>
    dimensions.slice(0, at).reduce((sum, { size, stride }) => sum + (size - 1) * stride, 0),
  );
  const found: Index[] = [];
  const index = layout.shape.map((size, at): number | null => (layout.strides[at] === 0 && size > 1 ? null : 0));
  let left = SEARCH;
  const search = (at: number, rest: number): void => {
    if (found.length >= most || left-- < 0) return;
    const dimension = dimensions[at];
    if (dimension === undefined) {
      if (rest === 0) found.push([...index]);
      return;
    }
    const { size, stride, reversed } = dimension;
    const first = Math.max(0, Math.ceil((rest - (reach[at] ?? 0)) / stride));
    const last = Math.min(size - 1, Math.floor(rest / stride));
    for (let i = first; i <= last; i++) {
      index[dimension.at] = reversed ? size - 1 - i : i;
      search(at - 1, rest - i * stride);
    }
  };
  search(dimensions.length - 1, byte - lowest);
  return found;
}

/** How many elements share each byte: those of the dimensions with stride 0. */
export function repeats(layout: ByteLayout): number {
  return layout.shape.reduce((count, size, at) => (layout.strides[at] === 0 ? count * size : count), 1);
}

/**
 * How much of each of `bins` equal parts of a storage the elements take up, from 0 to 1.
 *
 * Dimensions that repeat within a part become blocks of that density; only those that reach across parts are walked along.
 */
export function coverage(layout: ByteLayout, nbytes: number, bins: number): number[] {
  const found = new Array<number>(bins).fill(0);
  if (numel(layout) === 0 || nbytes === 0) return found;
  const width = nbytes / bins;
  const { dimensions, lowest } = spread(layout);
  let block = { length: layout.itemsize, density: 1 };
  let walked = dimensions.findIndex(({ stride }) => stride > block.length && stride > width);
  if (walked < 0) walked = dimensions.length;
  for (const { size, stride } of dimensions.slice(0, walked)) {
    const length = stride * (size - 1) + block.length;
    block = { length, density: Math.min(1, (block.density * block.length * size) / length) };
  }
  const rest = mergeable(dimensions.slice(walked), block.length);
  const [first] = rest;
  let length = block.length;
  // Blocks that touch are one, however many they are.
  if (first?.stride === length) {
    length *= first.size;
    rest.shift();
  }
  let left = SEARCH;
  const walk = (at: number, start: number): void => {
    const dimension = rest[at];
    if (dimension === undefined) {
      if (left-- > 0) fill(found, start / width, (start + length) / width, block.density);
      return;
    }
    for (let i = 0; i < dimension.size && left > 0; i++) walk(at - 1, start + i * dimension.stride);
  };
  walk(rest.length - 1, lowest);
  return found;
}

/** Neighbouring dimensions that run on from one another are one. */
function mergeable(dimensions: readonly Dimension[], length: number): Dimension[] {
  const merged: Dimension[] = [];
  let end = length;
  for (const dimension of dimensions) {
    const before = merged.at(-1);
    if (before !== undefined && dimension.stride === before.stride * before.size && before.stride === end)
      merged[merged.length - 1] = { ...before, size: before.size * dimension.size };
    else {
      merged.push(dimension);
      end = dimension.stride;
    }
  }
  return merged;
}

function fill(bins: number[], from: number, to: number, density: number): void {
  for (let bin = Math.max(0, Math.floor(from)); bin < Math.min(bins.length, Math.ceil(to)); bin++) {
    const share = Math.min(to, bin + 1) - Math.max(from, bin);
    bins[bin] = Math.min(1, (bins[bin] ?? 0) + Math.max(0, share) * density);
  }
}

const LETTERS = ["i", "j", "k", "l", "m", "n"];

/** The position of an element in the storage, counted in elements, as a formula: `[i, j] → 1 + 3i + j`; null beyond six dimensions. */
export function addressText(layout: ByteLayout): string | null {
  const { shape, strides, itemsize, offset } = layout;
  if (shape.length === 0 || shape.length > LETTERS.length) return null;
  const letters = shape.map((_, at) => LETTERS[at] ?? "");
  const terms = strides.flatMap((bytes, at) => {
    const stride = bytes / itemsize;
    if (stride === 0) return [];
    const size = Math.abs(stride);
    return [`${stride < 0 ? "−" : "+"} ${size === 1 ? "" : Number(size.toFixed(2))}${letters[at] ?? ""}`];
  });
  const start = offset / itemsize;
  if (start !== 0 || terms.length === 0) terms.unshift(`+ ${Number(start.toFixed(2))}`);
  const sum = terms.join(" ").replace(/^\+ /, "").replace(/^− /, "−");
  return `[${letters.join(", ")}] → ${sum}`;
}
