/** The mark on the source of what is lit on the page. */

import { StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView } from "@codemirror/view";

import { type SourceSpan, rangeOf } from "../../ui/text/spans.ts";

export const setLit = StateEffect.define<SourceSpan | null>();

const lit = Decoration.mark({ class: "tp-lit" });

export const marks = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, transaction) {
    let now = before.map(transaction.changes);
    for (const effect of transaction.effects) {
      if (!effect.is(setLit)) continue;
      const range = effect.value === null ? null : rangeOf(transaction.newDoc.toString(), effect.value);
      now = range === null ? Decoration.none : Decoration.set(lit.range(range.from, range.to));
    }
    return now;
  },
  provide: (field) => EditorView.decorations.from(field),
});
