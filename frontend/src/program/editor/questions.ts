/** Folds the comments with which a program asks its reader: they say the answers. Whoever goes into them, to write, sees them. */

import { type EditorState, type Extension, type Range, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

import { questionLines } from "../../gates/comments.ts";
import { words } from "./page.ts";

class Folded extends WidgetType {
  readonly #text: string;
  readonly #at: number;

  constructor(text: string, at: number) {
    super();
    this.#text = text;
    this.#at = at;
  }

  override eq(other: Folded): boolean {
    return other.#text === this.#text && other.#at === this.#at;
  }

  override toDOM(view: EditorView): HTMLElement {
    const chip = document.createElement("span");
    chip.className = "tp-question";
    chip.textContent = `? ${this.#text}`;
    chip.addEventListener("mousedown", (event) => {
      event.preventDefault();
      view.dispatch({ selection: { anchor: this.#at } });
      view.focus();
    });
    return chip;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

function folds(state: EditorState): DecorationSet {
  const text = state.facet(words)?.strings.gates.folded;
  const ranges = questionLines(state.doc.toString()).flatMap(({ first, last }): Range<Decoration>[] => {
    const [from, to] = [state.doc.line(first).from, state.doc.line(last).to];
    const within = state.selection.ranges.some((range) => range.from <= to && range.to >= from);
    if (within) return [];
    return [Decoration.replace({ widget: new Folded(text?.(first, last) ?? "", from), block: false }).range(from, to)];
  });
  return Decoration.set(ranges);
}

export const questions: Extension = StateField.define<DecorationSet>({
  create: folds,
  update: (now, { docChanged, selection, reconfigured, state }) =>
    docChanged || selection !== undefined || reconfigured ? folds(state) : now,
  provide: (field) => EditorView.decorations.from(field),
});
