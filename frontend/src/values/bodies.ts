/** Values as the service tells them, whatever they are the values of. */

import type { FullValuesBody, OpaqueValuesBody, SummaryValuesBody } from "../api/schema.ts";

export type Values = FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
