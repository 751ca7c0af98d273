/** The marks in a cell's code: where its error is, and the piece of source that something on the page stands for. */

import { type Range as Marked, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

import { type Place, rangeOf } from "./positions.ts";

export interface Marks {
  readonly error: Place | null;
  readonly lit: Place | null;
}

export const setMarks = StateEffect.define<Marks>();

const error = Decoration.mark({ class: "tp-error" });
const lit = Decoration.mark({ class: "tp-lit" });

function draw(text: string, marks: Marks): DecorationSet {
  const found: Marked<Decoration>[] = [];
  for (const [place, mark] of [
    [marks.error, error],
    [marks.lit, lit],
  ] as const) {
    const range = place === null ? null : rangeOf(text, place);
    if (range !== null) found.push(mark.range(range.from, range.to));
  }
  return Decoration.set(found, true);
}

export const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, transaction) {
    let now = before.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (effect.is(setMarks)) now = draw(transaction.newDoc.toString(), effect.value);
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});
