/** The values of a tensor, array or gradient, as the API sends them and as the page shows them. */

import type { FullValues, OpaqueValues, SummaryValues } from "./schema.ts";

/** Values that an answer leaves out: they are at `index` of a chunk, which is had by its number. */
export interface DeferredValues {
  readonly kind: "deferred";
  readonly chunk: number;
  readonly index: number;
}

export type WholeValues = FullValues | SummaryValues | OpaqueValues;
export type SentValues = WholeValues | DeferredValues;

/** Why a chunk that was asked for is not there: the service no longer has the run, or could not be asked. */
export type Missing = "gone" | "unreached";

/** Values that were deferred and have not come. */
export interface AwaitedValues {
  readonly kind: "awaited";
  readonly chunk: number;
  readonly missing: Missing | null;
}

/** Values as they are shown. */
export type Values = WholeValues | AwaitedValues;
