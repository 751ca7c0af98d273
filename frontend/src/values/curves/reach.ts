/** Which series a part of a program has. */

import type { SeriesRecord, Step } from "../../api/schema.ts";

/** The series that got a number since the first step of a cell, wherever their statement is; and those that only earlier cells gave. */
export function since(
  from: number,
  series: readonly SeriesRecord[],
  steps: readonly Pick<Step, "span">[],
): { readonly own: readonly SeriesRecord[]; readonly earlier: readonly SeriesRecord[] } {
  const first = steps.findIndex(({ span }) => span !== null && span.cell >= from);
  const reaches = ({ steps: at, span }: SeriesRecord): boolean =>
    (span !== null && span.cell >= from) || (first >= 0 && (at.at(-1) ?? -1) >= first);
  return { own: series.filter(reaches), earlier: series.filter((one) => !reaches(one)) };
}
