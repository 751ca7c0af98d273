/** The values of a tensor, array or gradient, as the API sends them. */

import type { FullValues, OpaqueValues, SummaryValues } from "./schema.ts";

export type Values = FullValues | SummaryValues | OpaqueValues;
