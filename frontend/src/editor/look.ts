/** How code looks: colours by custom property, so that a change of theme needs nothing here. */

import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const colours = HighlightStyle.define([
  { tag: [tags.keyword, tags.operatorKeyword, tags.modifier, tags.self], color: "var(--syntax-keyword)" },
  {
    tag: [tags.function(tags.variableName), tags.function(tags.propertyName), tags.className],
    color: "var(--syntax-function)",
  },
  { tag: [tags.string, tags.special(tags.string)], color: "var(--syntax-string)" },
  { tag: [tags.number, tags.bool, tags.null], color: "var(--syntax-number)" },
  { tag: tags.comment, color: "var(--syntax-comment)", fontStyle: "italic" },
  { tag: tags.meta, color: "var(--syntax-keyword)" },
]);

const shape = EditorView.theme({
  "&": { color: "var(--syntax-name)", backgroundColor: "transparent", fontSize: "13px" },
  "&.cm-focused": { outline: "none" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55" },
  ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
  ".cm-line": { padding: "0 12px 0 4px" },
  ".cm-gutters": { backgroundColor: "transparent", color: "var(--muted)", border: "none", fontSize: "11px" },
  ".cm-lineNumbers .cm-gutterElement": { minWidth: "28px", padding: "0 8px 0 0", lineHeight: "20.15px" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused .cm-matchingBracket": {
    backgroundColor: "var(--accent-ground)",
    outline: "1px solid var(--line-strong)",
  },
  ".cm-placeholder": { color: "var(--muted)" },
  ".tp-error": {
    backgroundColor: "var(--bad-ground)",
    textDecoration: "underline wavy var(--bad-line) 1px",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".tp-lit": { backgroundColor: "var(--lit-ground)", boxShadow: "0 0 0 1px var(--lit)", borderRadius: "2px" },
});

export const look: Extension = [syntaxHighlighting(colours), shape];
