/** The values of a tensor, array or gradient, as the API sends them and as the page shows them. */

import type { SentValues, Values as WholeValues } from "./schema.ts";

export type { SentValues, WholeValues };

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
