/** The values of an answer that came after it, as far as they have come. */

import type { AwaitedValues, Missing, SentValues, Values, WholeValues } from "../api/values.ts";

export interface Arrived {
  readonly chunks: ReadonlyMap<number, readonly WholeValues[]>;
  readonly missing: ReadonlyMap<number, Missing>;
}

export const NOTHING_ARRIVED: Arrived = { chunks: new Map(), missing: new Map() };

const CHUNKS = new WeakMap<Values, number>();

/** With a chunk that has come. */
export function withChunk({ chunks, missing }: Arrived, chunk: number, values: readonly WholeValues[]): Arrived {
  for (const one of values) CHUNKS.set(one, chunk);
  const left = new Map(missing);
  left.delete(chunk);
  return { chunks: new Map(chunks).set(chunk, values), missing: left };
}

/** With the reason why a chunk did not come. */
export function withMissing({ chunks, missing }: Arrived, chunk: number, why: Missing): Arrived {
  return { chunks, missing: new Map(missing).set(chunk, why) };
}

/** Values as they are known. */
export function known(sent: SentValues, { chunks, missing }: Arrived): Values {
  if (sent.kind !== "deferred") return sent;
  const { chunk, index } = sent;
  return chunks.get(chunk)?.[index] ?? { kind: "awaited", chunk, missing: missing.get(chunk) ?? null };
}

/** The chunk that values come in, or came in; null if the answer had them. */
export function chunkOf(values: Values): number | null {
  return values.kind === "awaited" ? values.chunk : (CHUNKS.get(values) ?? null);
}

/** Those of some values that the answer deferred, whether they have come or not. */
export function deferredOf(all: readonly (Values | null | undefined)[]): Values[] {
  return all.filter((values) => values !== null && values !== undefined && chunkOf(values) !== null) as Values[];
}

/** Whether values are yet to come. */
export function isAwaited(values: Values | null | undefined): values is AwaitedValues {
  return values?.kind === "awaited";
}

/** Why some of these values have not come; null if nothing failed. */
export function missingOf(all: readonly (Values | null | undefined)[]): Missing | null {
  return all.filter(isAwaited).find(({ missing }) => missing !== null)?.missing ?? null;
}
