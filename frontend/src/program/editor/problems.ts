/** The error of a cell and what else there is to notice: marked in the code, and explained under the line. */

import { type EditorState, type Range as Placed, StateEffect, StateField } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

import type { CellError, Explanation } from "../../api/schema.ts";
import type { Notebook } from "../../run/notebook.ts";
import type { Strings } from "../../i18n/index.ts";
import { TpError } from "../tp-error.ts";
import { TpExplanation } from "../tp-explanation.ts";
import type { Anchored } from "./anchors.ts";
import { findings, setReport } from "./findings.ts";
import { words } from "./page.ts";

/** Opens or closes what a notice has to say. */
const toggleNotice = StateEffect.define<Explanation>();

const opened = StateField.define<ReadonlySet<Explanation>>({
  create: () => new Set(),
  update(before, transaction) {
    let now = before;
    for (const effect of transaction.effects) {
      if (effect.is(setReport)) {
        // The same notice of the next answer stays open.
        const rules = new Set([...now].map(({ rule, title }) => `${rule} ${title}`));
        const notices = effect.value.report?.notices ?? [];
        now = new Set(notices.filter(({ rule, title }) => rules.has(`${rule} ${title}`)));
      }
      if (effect.is(toggleNotice)) {
        const next = new Set(now);
        if (!next.delete(effect.value)) next.add(effect.value);
        now = next;
      }
    }
    return now;
  },
});

class ErrorBlock extends WidgetType {
  readonly #error: CellError;
  readonly #cells: Notebook;
  readonly #touched: boolean;

  constructor(error: CellError, cells: Notebook, touched: boolean) {
    super();
    this.#error = error;
    this.#cells = cells;
    this.#touched = touched;
  }

  override eq(other: ErrorBlock): boolean {
    return other.#error === this.#error && other.#touched === this.#touched;
  }

  override toDOM(): HTMLElement {
    const block = new TpError();
    this.#fill(block);
    return block;
  }

  override updateDOM(dom: HTMLElement): boolean {
    if (!(dom instanceof TpError)) return false;
    this.#fill(dom);
    return true;
  }

  #fill(block: TpError): void {
    block.error = this.#error;
    block.cells = this.#cells;
    block.outdated = this.#touched;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

class NoticeBlock extends WidgetType {
  readonly #notice: Explanation;
  readonly #cells: Notebook;

  constructor(notice: Explanation, cells: Notebook) {
    super();
    this.#notice = notice;
    this.#cells = cells;
  }

  override eq(other: NoticeBlock): boolean {
    return other.#notice === this.#notice;
  }

  override toDOM(): HTMLElement {
    const block = new TpExplanation();
    block.className = "tp-notice-block";
    block.untitled = true;
    this.#fill(block);
    return block;
  }

  override updateDOM(dom: HTMLElement): boolean {
    if (!(dom instanceof TpExplanation)) return false;
    this.#fill(dom);
    return true;
  }

  #fill(block: TpExplanation): void {
    block.explanation = this.#notice;
    block.cells = this.#cells;
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

/** A button at the end of a line: that there is something to notice, and what. */
class NoticeButton extends WidgetType {
  readonly #notice: Explanation;
  readonly #open: boolean;
  readonly #strings: Strings;

  constructor(notice: Explanation, open: boolean, strings: Strings) {
    super();
    this.#notice = notice;
    this.#open = open;
    this.#strings = strings;
  }

  override eq(other: NoticeButton): boolean {
    return other.#notice === this.#notice && other.#open === this.#open && other.#strings === this.#strings;
  }

  override toDOM(view: EditorView): HTMLElement {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tp-notice-button";
    this.#fill(button, view);
    return button;
  }

  /** The same button goes on, so that it keeps the focus when it is pressed. */
  override updateDOM(dom: HTMLElement, view: EditorView): boolean {
    if (!(dom instanceof HTMLButtonElement)) return false;
    this.#fill(dom, view);
    return true;
  }

  #fill(button: HTMLButtonElement, view: EditorView): void {
    button.title = this.#strings.noticeAbout;
    button.textContent = this.#notice.title.replaceAll("`", "");
    button.setAttribute("aria-expanded", String(this.#open));
    button.onclick = () => {
      view.dispatch({ effects: toggleNotice.of(this.#notice) });
    };
  }

  override ignoreEvent(): boolean {
    return true;
  }
}

const errorMark = Decoration.mark({ class: "tp-error" });
const noticeMark = Decoration.mark({ class: "tp-notice" });

const decorations = EditorView.decorations.compute([findings, opened, words, "doc"], (state): DecorationSet => {
  const { errors, notices, report } = state.field(findings);
  const said = state.facet(words);
  if (report === null || said === null) return Decoration.none;
  const { cells } = report;
  const open = state.field(opened);
  const found: Placed<Decoration>[] = [];
  for (const error of errors) {
    if (!error.touched) found.push(errorMark.range(error.from, error.to));
    found.push(under(state, error, new ErrorBlock(error.value, cells, error.touched)));
  }
  for (const notice of notices) {
    const { from, to, value } = notice;
    const button = new NoticeButton(value, open.has(value), said.strings);
    found.push(noticeMark.range(from, to));
    found.push(Decoration.widget({ widget: button, side: 2 }).range(state.doc.lineAt(to).to));
    if (open.has(value)) found.push(under(state, notice, new NoticeBlock(value, cells)));
  }
  return Decoration.set(found, true);
});

function under<T>(state: EditorState, anchor: Anchored<T>, widget: WidgetType): Placed<Decoration> {
  return Decoration.widget({ widget, block: true, side: 3 }).range(state.doc.lineAt(anchor.to).to);
}

export const problems = [opened, decorations];
