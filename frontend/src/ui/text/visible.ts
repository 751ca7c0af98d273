/**
 * Text of a program as it may be shown: terminal escapes removed, and every character that cannot be seen, or that
 * reorders what surrounds it, replaced by a visible name.
 */

/** A run of text: shown as it is, or as a marked name of one invisible character. */
export type VisiblePart =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "hidden"; readonly code: string };

// Controls but tab and newline, format characters (bidirectional overrides and isolates, zero-width ones, soft hyphens,
// tags), line and paragraph separators, lone surrogates, private use, and the fillers that look like nothing. The zero-width
// joiner U+200D and variation selectors build emoji and stay.
const HIDDEN =
  /[^\P{Cc}\t\n]|[^\P{Cf}\u200d]|[\u2028\u2029\u115f\u1160\u3164\uffa0\u{e0000}-\u{e0fff}]|\p{Cs}|\p{Co}/gu;

// ECMA-48: CSI sequences, then OSC, DCS, SOS, PM and APC strings up to their terminator, then two-byte escapes.
// eslint-disable-next-line no-control-regex -- these are what it is about
const ESCAPES = /\u001b\[[0-?]*[ -/]*[@-~]|\u001b[\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\|$)|\u001b[ -/]*[0-~]/g;

/** `text` without terminal escapes, each line as its carriage returns left it. */
export function plain(text: string): string {
  const unescaped = text.includes("\u001b") ? text.replace(ESCAPES, "") : text;
  if (!unescaped.includes("\r")) return unescaped;
  return unescaped
    .replaceAll("\r\n", "\n")
    .split("\n")
    .map((line) => line.replace(/\r+$/, ""))
    .map((line) => line.slice(line.lastIndexOf("\r") + 1))
    .join("\n");
}

/** `text` in pieces, in order. */
export function visibleParts(text: string): VisiblePart[] {
  const shown = plain(text);
  const found: VisiblePart[] = [];
  let end = 0;
  for (const match of shown.matchAll(HIDDEN)) {
    if (match.index > end) found.push({ kind: "text", text: shown.slice(end, match.index) });
    found.push({ kind: "hidden", code: code(match[0]) });
    end = match.index + match[0].length;
  }
  if (end < shown.length) found.push({ kind: "text", text: shown.slice(end) });
  return found;
}

/** `text` as one string, for attributes and messages that cannot carry marks: hidden characters read ⟨U+202E⟩. */
export function visible(text: string): string {
  return plain(text).replace(HIDDEN, (character) => `⟨${code(character)}⟩`);
}

function code(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
