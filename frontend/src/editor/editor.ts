/** The code editor. A chunk of its own: the page loads it when the first cell is drawn. */

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab } from "@codemirror/commands";
import { python } from "@codemirror/lang-python";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, lineNumbers, placeholder } from "@codemirror/view";

import { look } from "./look.ts";
import { marks, type Marks, setMarks } from "./marks.ts";

export interface EditorOptions {
  readonly parent: HTMLElement;
  readonly root: ShadowRoot;
  readonly code: string;
  readonly onEdit: (code: string) => void;
  readonly onRun: () => void;
}

/** The words of an editor, which change with the language. */
export interface EditorWords {
  readonly label: string;
  readonly hint: string;
}

/** One editor in the page. */
export class Editor {
  readonly #view: EditorView;
  readonly #words = new Compartment();

  constructor(options: EditorOptions) {
    const run = (): boolean => {
      options.onRun();
      return true;
    };
    this.#view = new EditorView({
      parent: options.parent,
      root: options.root,
      state: EditorState.create({
        doc: options.code,
        extensions: [
          keymap.of([
            { key: "Mod-Enter", run },
            { key: "Shift-Enter", run },
          ]),
          lineNumbers(),
          history(),
          indentUnit.of("    "),
          EditorState.tabSize.of(4),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          python(),
          EditorView.lineWrapping,
          // Tab indents; Escape, then Tab, leaves the editor, which CodeMirror provides for.
          keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
          marks,
          look,
          this.#words.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) options.onEdit(update.state.doc.toString());
          }),
        ],
      }),
    });
  }

  set code(code: string) {
    const now = this.#view.state.doc.toString();
    if (code !== now) this.#view.dispatch({ changes: { from: 0, to: now.length, insert: code } });
  }

  set words(words: EditorWords) {
    const attributes = EditorView.contentAttributes.of({ "aria-label": words.label, spellcheck: "false" });
    this.#view.dispatch({ effects: this.#words.reconfigure([attributes, placeholder(words.hint)]) });
  }

  set marks(marks: Marks) {
    this.#view.dispatch({ effects: setMarks.of(marks) });
  }

  focus(): void {
    this.#view.focus();
  }

  destroy(): void {
    this.#view.destroy();
  }
}
