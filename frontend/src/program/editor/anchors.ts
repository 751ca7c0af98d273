/** What is said of pieces of code, carried along while the code is edited. */

import { ChangeSet, type Text } from "@codemirror/state";

import { type SourceSpan, type Range, Source } from "../../ui/text/spans.ts";

/** Something about a piece of code. `touched` from the first edit in that piece on: it may no longer be true. */
export interface Anchored<T> extends Range {
  readonly value: T;
  readonly touched: boolean;
}

/** Spans of code that ran, as anchors in the present code. */
export class Anchorage {
  readonly #ran: Source;
  readonly #changes: ChangeSet;

  constructor(ran: string, now: string) {
    this.#ran = new Source(ran);
    this.#changes = difference(ran, now);
  }

  /** The anchor of `value` at a span; null if the span is not in the code that ran, or has been deleted. */
  anchor<T>(span: SourceSpan, value: T): Anchored<T> | null {
    const range = this.#ran.range(span);
    if (range === null) return null;
    return carried([{ ...range, value, touched: false }], this.#changes)[0] ?? null;
  }

  /** The present range of a span, which may be empty; null if one of its lines has been edited. */
  intact(span: SourceSpan): Range | null {
    const range = this.#ran.exact(span);
    const lines = this.#ran.exact({ ...span, column: 0, end_column: Number.MAX_SAFE_INTEGER });
    if (range === null || lines === null || touches(this.#changes, lines)) return null;
    const moved = this.#changes.mapPos(lines.from, 1) - lines.from;
    return { from: range.from + moved, to: range.to + moved };
  }
}

/** The anchors after an edit; those whose piece of code was deleted are gone. */
export function carried<T>(anchors: readonly Anchored<T>[], changes: ChangeSet): readonly Anchored<T>[] {
  return moved(anchors, changes, (anchor) => anchor);
}

/** The same for what is said of whole lines of `before`: an edit anywhere in them touches it. */
export function carriedByLine<T>(
  anchors: readonly Anchored<T>[],
  changes: ChangeSet,
  before: Text,
): readonly Anchored<T>[] {
  return moved(anchors, changes, ({ from, to }) => ({ from: before.lineAt(from).from, to: before.lineAt(to).to }));
}

function moved<T>(
  anchors: readonly Anchored<T>[],
  changes: ChangeSet,
  reach: (anchor: Range) => Range,
): readonly Anchored<T>[] {
  if (changes.empty) return anchors;
  return anchors.flatMap((anchor): Anchored<T>[] => {
    const from = changes.mapPos(anchor.from, 1);
    const to = changes.mapPos(anchor.to, -1);
    if (to <= from) return [];
    return [{ ...anchor, from, to, touched: anchor.touched || touches(changes, reach(anchor)) }];
  });
}

/** Whether an edit changes a piece of code, or adds to its beginning or end; white space or another line does not. */
function touches(changes: ChangeSet, { from, to }: Range): boolean {
  let touched = false;
  changes.iterChanges((start, end, _from, _to, inserted) => {
    if (end < from || start > to) return;
    const text = inserted.toString();
    const beside = (end === from && /(?:^|\n)[ \t]*$/.test(text)) || (start === to && /^[ \t]*(?:\n|$)/.test(text));
    if (!beside) touched = true;
  });
  return touched;
}

/** The edit that leads from one text to another: one piece replaced. */
export function difference(before: string, after: string): ChangeSet {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  if (before === after) return ChangeSet.empty(before.length);
  const change = { from: head, to: before.length - tail, insert: after.slice(head, after.length - tail) };
  return ChangeSet.of(change, before.length);
}
