/** The code editor. A chunk of its own: the page loads it when the first cell is drawn. */

import { closeBrackets, closeBracketsKeymap, closeCompletion, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, isolateHistory } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { Compartment, EditorState, type StateEffect } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";

import type { Fix } from "../../api/schema.ts";
import { Anchorage, difference } from "./anchors.ts";
import { completion } from "./completion/source.ts";
import { findings, type Report, setReport, setTimeline } from "./findings.ts";
import { hints } from "./hints.ts";
import { look } from "./look.ts";
import { marks, setLit } from "./marks.ts";
import { live, type Surroundings, surroundings, type EditorStrings, words } from "./page.ts";
import { valueTooltips } from "./tooltips.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import { type SourceSpan } from "../../ui/text/spans.ts";
import { problems } from "./problems.ts";
import { questions } from "./questions.ts";
import { settle, tabs } from "./tabs.ts";
import { typing } from "./typing.ts";

/** What an editor shows of the program; what is left out stays. */
export interface Shown {
  /** What an answer says of this cell's code, as of a step (null: the end). */
  readonly report?: { readonly report: Report | null; readonly step: number | null };
  /** The timeline of that answer, with the values that have come. */
  readonly timeline?: Timeline;
  readonly lit?: SourceSpan | null;
}

interface EditorOptions extends Surroundings {
  readonly parent: HTMLElement;
  readonly root: ShadowRoot;
  readonly code: string;
  readonly onEdit: (code: string) => void;
  /** Run the whole program. */
  readonly onRun: () => void;
  /** Run up to this cell, and go on to the next. */
  readonly onRunOn: () => void;
}

/** One editor in the page. */
export class Editor {
  readonly #view: EditorView;
  readonly #words = new Compartment();
  readonly #live = new Compartment();

  constructor(options: EditorOptions) {
    // Whoever runs the program has finished typing: the list of completions would cover the answer.
    const does = (act: () => void) => (view: EditorView) => {
      closeCompletion(view);
      act();
      return true;
    };
    this.#view = new EditorView({
      parent: options.parent,
      root: options.root,
      state: EditorState.create({
        doc: options.code,
        extensions: [
          keymap.of([
            { key: "Mod-Enter", run: does(options.onRun) },
            { key: "Shift-Enter", run: does(options.onRunOn) },
          ]),
          lineNumbers(),
          history(),
          indentUnit.of("    "),
          EditorState.tabSize.of(4),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          python(),
          // Before completion, for Escape is its key too.
          typing,
          tabs(),
          completion,
          EditorView.lineWrapping,
          keymap.of([...completionKeymap, ...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap]),
          surroundings.of(options),
          findings,
          hints,
          problems,
          marks,
          questions,
          valueTooltips,
          look,
          this.#words.of([]),
          this.#live.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) options.onEdit(update.state.doc.toString());
          }),
        ],
      }),
    });
  }

  set code(code: string) {
    const now = this.#view.state.doc.toString();
    if (code !== now) this.#view.dispatch({ changes: difference(now, code) });
  }

  set words({ label, strings }: EditorStrings) {
    const attributes = EditorView.contentAttributes.of({ "aria-label": label, spellcheck: "false" });
    const phrases = EditorState.phrases.of({ Completions: strings.completions });
    const all = [attributes, phrases, placeholder(strings.codeHint), words.of({ label, strings })];
    this.#view.dispatch({ effects: this.#words.reconfigure(all) });
  }

  set live(on: boolean) {
    this.#view.dispatch({ effects: this.#live.reconfigure(live.of(on)) });
  }

  /** Show what has changed, at once: each update makes the browser lay out the page. */
  show({ report, timeline, lit }: Shown): void {
    const effects: StateEffect<unknown>[] = [];
    if (report !== undefined) effects.push(setReport.of(report));
    if (timeline !== undefined) effects.push(setTimeline.of(timeline));
    if (lit !== undefined) effects.push(setLit.of(lit));
    if (effects.length > 0) this.#view.dispatch({ effects });
  }

  /** Make a change that the page offers for the code that ran; false if that code has been edited. It can be undone. */
  apply(fix: Fix, ran: string): boolean {
    const range = new Anchorage(ran, this.#view.state.doc.toString()).intact(fix.span);
    if (range === null) return false;
    this.#view.dispatch({
      changes: { ...range, insert: fix.replacement },
      selection: { anchor: range.from + fix.replacement.length },
      scrollIntoView: true,
      userEvent: "input.fix",
      annotations: isolateHistory.of("full"),
    });
    this.focus();
    return true;
  }

  focus(): void {
    this.#view.focus();
    settle(this.#view);
  }

  destroy(): void {
    this.#view.destroy();
  }
}
