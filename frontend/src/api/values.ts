/** The values of a tensor, array or gradient, as the API sends them. */

import type { FullValuesBody, OpaqueValuesBody, SummaryValuesBody } from "./schema.ts";

export type Values = FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
