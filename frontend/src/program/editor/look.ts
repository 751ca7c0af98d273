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
  ".tp-notice": {
    textDecoration: "underline dotted var(--gradient-ink) 1.5px",
    textUnderlineOffset: "3px",
    textDecorationSkipInk: "none",
  },
  ".tp-notice-button": {
    maxWidth: "100%",
    margin: "0 0 0 1.5ch",
    padding: "0 7px",
    overflow: "hidden",
    border: "1px solid transparent",
    borderRadius: "9px",
    backgroundColor: "var(--gradient-ground)",
    color: "var(--gradient-ink)",
    font: "11.5px/17px var(--sans)",
    textOverflow: "ellipsis",
    verticalAlign: "bottom",
    whiteSpace: "nowrap",
    cursor: "pointer",
  },
  ".tp-notice-button:hover, .tp-notice-button[aria-expanded=true]": { borderColor: "var(--gradient-ink)" },
  ".tp-notice-button:focus-visible": { outline: "2px solid var(--accent)", outlineOffset: "1px" },
  ".tp-notice-block": {
    padding: "7px 12px 10px 14px",
    borderLeft: "3px solid var(--gradient-ink)",
    backgroundColor: "var(--gradient-ground)",
    cursor: "auto",
  },
  "tp-error": { cursor: "auto" },
  ".tp-hint": {
    display: "inline-block",
    maxWidth: "100%",
    marginLeft: "2.5ch",
    overflow: "hidden",
    color: "var(--muted)",
    fontSize: "11.5px",
    lineHeight: "18px",
    textOverflow: "ellipsis",
    verticalAlign: "bottom",
    whiteSpace: "nowrap",
    userSelect: "none",
    cursor: "default",
  },
  ".tp-hint .thing + .thing, .tp-hint .more, .tp-hint .times": { marginLeft: "1.6ch" },
  ".tp-hint .thing:hover": { color: "var(--ink)" },
  ".tp-hint .name": { color: "var(--soft)" },
  ".tp-hint .nabla, .tp-hint .gradient .name": { color: "var(--gradient-ink)" },
  ".tp-hint .how": { fontFamily: "var(--sans)", fontStyle: "italic" },
  ".cm-tooltip": {
    border: "1px solid var(--line-strong)",
    borderRadius: "8px",
    backgroundColor: "var(--card)",
    color: "var(--ink)",
    boxShadow: "0 6px 22px rgb(0 0 0 / 18%)",
    zIndex: "20",
  },
  ".cm-tooltip.cm-tooltip-autocomplete": { overflow: "hidden", padding: "3px" },
  ".cm-tooltip.cm-tooltip-autocomplete > ul": {
    minWidth: "220px",
    maxWidth: "min(560px, 92vw)",
    maxHeight: "none",
    fontFamily: "var(--mono)",
    fontSize: "12.5px",
  },
  ".cm-tooltip.cm-tooltip-autocomplete > ul > li": {
    display: "flex",
    alignItems: "baseline",
    padding: "2px 8px 2px 4px",
    borderRadius: "5px",
    lineHeight: "1.45",
  },
  ".cm-tooltip-autocomplete > ul > li[aria-selected]": {
    backgroundColor: "var(--accent-ground)",
    color: "var(--ink)",
  },
  ".cm-completionLabel": { flex: "none" },
  ".cm-completionMatchedText": { color: "var(--accent)", fontWeight: "650", textDecoration: "none" },
  ".cm-completionDetail": {
    marginLeft: "2ch",
    overflow: "hidden",
    color: "var(--muted)",
    fontStyle: "normal",
    textOverflow: "ellipsis",
    whiteSpace: "nowrap",
  },
  ".cm-completionIcon": { flex: "none", opacity: "1", color: "var(--muted)" },
  ".cm-tooltip.cm-completionInfo": {
    maxWidth: "min(380px, 80vw)",
    padding: "7px 10px",
    font: "12.5px/1.45 var(--sans)",
  },
  ".cm-completionInfo code": { font: "600 12px/1.45 var(--mono)", overflowWrap: "anywhere" },
  ".cm-completionInfo p": { margin: "4px 0 0" },
  ".cm-completionInfo pre": { margin: "0", font: "12px/1.45 var(--mono)", maxHeight: "12em", overflow: "hidden" },
});

export const look: Extension = [syntaxHighlighting(colours), shape];
