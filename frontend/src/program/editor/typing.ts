/**
 * What is typed over a selection.
 *
 * NOTE. CodeMirror lets the browser change the page and reads the change from it. Chromium, which takes lines out that way, puts
 * copies of what stands at their ends (a hint, a notice) into the line that is left, and the text of the copies would be read as
 * typed. So the selection is replaced here, before the browser acts; an input method cannot be kept from acting, and finds no
 * selection any more.
 */

import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

export const typing: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { from, to, empty } = view.state.selection.main;
    if (empty || event.inputType !== "insertText" || event.data === null || view.composing) return false;
    const text = event.data;
    const insert = () => view.state.update(view.state.replaceSelection(text), { userEvent: "input.type" });
    // Brackets are put around a selection, for example.
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, text, insert))) view.dispatch(insert());
    event.preventDefault();
    return true;
  },
  compositionstart(_, view) {
    if (view.state.selection.main.empty) return false;
    view.dispatch(view.state.replaceSelection(""), { userEvent: "delete.selection" });
    return false;
  },
});
