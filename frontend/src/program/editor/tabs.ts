/**
 * The Tab key. It moves on through the page until a person has typed: who came here by Tab goes on by Tab. From then on it
 * indents, and Escape, then Tab, leaves. A person can also have it always move on.
 */

import { indentLess, indentMore, temporarilySetTabFocusMode } from "@codemirror/commands";
import { acceptCompletion } from "@codemirror/autocomplete";
import { type Extension, Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";

import { preferences } from "../../preferences.ts";

/** Escape closes what is open, and also lets the next Tab leave. */
const escape = Prec.highest(
  keymap.of([
    {
      key: "Escape",
      run: (view) => {
        temporarilySetTabFocusMode(view);
        return false;
      },
    },
  ]),
);

const keys = keymap.of([
  { key: "Tab", run: acceptCompletion },
  { key: "Tab", run: indentMore, shift: indentLess },
]);

/** The keys and what decides about them, for one editor. */
export function tabs(): Extension {
  let away = false;
  return [
    escape,
    keys,
    EditorView.updateListener.of((update) => {
      if (!update.docChanged || preferences.tab === "moves") return;
      const typed = update.transactions.some(
        (transaction) => transaction.isUserEvent("input") || transaction.isUserEvent("delete"),
      );
      if (typed) update.view.setTabFocusMode(false);
    }),
    EditorView.domEventHandlers({
      focus: (_event, view) => {
        // A window that comes back to the front brings the focus back to where it was.
        if (!away) view.setTabFocusMode(true);
        away = false;
      },
      blur: () => {
        away = !document.hasFocus();
      },
      pointerdown: (_event, view) => {
        // Whoever clicks is not on their way through the page. The focus comes after this event.
        requestAnimationFrame(() => {
          settle(view);
        });
      },
    }),
  ];
}

/** The person is here to type. */
export function settle(view: EditorView): void {
  view.setTabFocusMode(preferences.tab === "moves");
}
