/** What an answer says of each cell that was run, made once for each. */

import type { Report } from "./editor/findings.ts";
import { timelineOf } from "../timeline/timeline.ts";
import type { Answer } from "../run/session.ts";

const REPORTS = new WeakMap<Answer["response"], ReadonlyMap<number, Report>>();
const WITHHELD = new WeakMap<Report, Report>();

/** The report of a cell by its key; null if it was not run. */
export function reportOf(answer: Answer | null, key: number): Report | null {
  if (answer === null) return null;
  const known = REPORTS.get(answer.response) ?? reports(answer);
  REPORTS.set(answer.response, known);
  return known.get(key) ?? null;
}

/** A report without what explains the whole run: the error that ended it, and the notices. The same one for the same report. */
export function withheld(report: Report | null): Report | null {
  if (report === null) return null;
  const known = WITHHELD.get(report) ?? { ...report, error: null, notices: [] };
  WITHHELD.set(report, known);
  return known;
}

function reports({ cells, response }: Answer): ReadonlyMap<number, Report> {
  const timeline = timelineOf(response);
  return new Map(
    cells.map(({ key }, index) => {
      const raised = response.cells[index]?.error ?? null;
      // What a function of another cell raised is shown under the cell that called it.
      const error = raised !== null && raised.cell === null ? raised : null;
      const notices = response.notices.filter(({ span }) => span?.cell === index);
      return [key, { cells, index, timeline, error, notices }];
    }),
  );
}
