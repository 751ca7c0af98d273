/** What the last answer says of this cell's code, and how the editor keeps it while the code is edited. */

import { StateEffect, StateField } from "@codemirror/state";

import type { CellError, Explanation } from "../../api/schema.ts";
import type { Notebook } from "../../run/notebook.ts";
import { isOtherRun, type Timeline } from "../../timeline/timeline.ts";
import { Anchorage, type Anchored, carried, carriedByLine } from "./anchors.ts";
import { type LineMade, madeIn } from "./made.ts";
import type { SourceSpan } from "../../ui/text/spans.ts";
import { type Sight, sightsIn } from "./sights.ts";

/** An answer as far as it is about one cell: `index` is the cell's in it, `cells` what ran. */
export interface Report {
  readonly cells: Notebook;
  readonly index: number;
  readonly timeline: Timeline;
  readonly error: CellError | null;
  readonly notices: readonly Explanation[];
}

interface Findings {
  readonly report: Report | null;
  readonly made: readonly Anchored<LineMade>[];
  readonly sights: readonly Anchored<Sight>[];
  readonly errors: readonly Anchored<CellError>[];
  readonly notices: readonly Anchored<Explanation>[];
}

/** A new report, and the step that the page shows (null: the end). */
export const setReport = StateEffect.define<{ readonly report: Report | null; readonly step: number | null }>();

/** The timeline of the same run, with more of its values. */
export const setTimeline = StateEffect.define<Timeline>();

const NOTHING: Findings = { report: null, made: [], sights: [], errors: [], notices: [] };

export const findings = StateField.define<Findings>({
  create: () => NOTHING,
  update(before, transaction) {
    let now = before;
    if (transaction.docChanged && before.report !== null) {
      const { changes, startState } = transaction;
      now = {
        report: before.report,
        made: carriedByLine(before.made, changes, startState.doc),
        // What a piece of code had is no longer what it has, once it is another.
        sights: carried(before.sights, changes).filter(({ touched }) => !touched),
        errors: carriedByLine(before.errors, changes, startState.doc),
        notices: carriedByLine(before.notices, changes, startState.doc).filter(({ touched }) => !touched),
      };
    }
    for (const effect of transaction.effects) {
      if (effect.is(setReport)) now = found(effect.value.report, effect.value.step, transaction.newDoc.toString());
      if (effect.is(setTimeline) && now.report !== null && !isOtherRun(now.report.timeline, effect.value))
        now = { ...now, report: { ...now.report, timeline: effect.value } };
    }
    return now;
  },
});

function found(report: Report | null, step: number | null, code: string): Findings {
  if (report === null) return NOTHING;
  const { timeline, index, cells } = report;
  const anchorage = new Anchorage(cells[index]?.code ?? "", code);
  const anchored = <T>(values: readonly T[], spanIn: (value: T) => SourceSpan | null): Anchored<T>[] =>
    values.flatMap((value) => {
      const at = spanIn(value);
      const anchor = at === null ? null : anchorage.anchor(at, value);
      return anchor === null ? [] : [anchor];
    });
  return {
    report,
    made: anchored(madeIn(timeline, index, step), ({ span }) => span),
    sights: anchored(sightsIn(timeline, index, step), ({ span }) => span).filter(({ touched }) => !touched),
    errors: anchored(report.error === null ? [] : [report.error], spanOf),
    notices: anchored(report.notices, ({ span }) => span),
  };
}

/** The span of an error; null if it has no line. */
function spanOf(error: CellError): SourceSpan | null {
  const { line, column, end_line, end_column } = error;
  if (line === null) return null;
  return { line, column: column ?? 0, end_line: end_line ?? line, end_column: end_column ?? Number.MAX_SAFE_INTEGER };
}
