/** Finds terms in texts. */

import type { Term } from "../api/schema.ts";

/** A piece of a text: a term if it is one, else null. */
export interface Piece {
  readonly text: string;
  readonly term: Term | null;
}

export class Finder {
  readonly #terms = new Map<string, Term>();
  readonly #pattern: RegExp;

  constructor(terms: readonly Term[]) {
    for (const term of terms) for (const form of [term.term, ...term.forms]) this.#terms.set(form.toLowerCase(), term);
    // Longer ones first: "leaf tensor" is not a "tensor".
    const forms = [...this.#terms.keys()].sort((one, other) => other.length - one.length);
    this.#pattern = new RegExp(forms.map(bounded).join("|"), "giu");
  }

  /** The pieces of a text, in order. Terms that `seen` has, or that came before, are plain text; those that are found go into it. */
  pieces(text: string, seen: Set<string>): readonly Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    for (const match of text.matchAll(this.#pattern)) {
      const term = this.#terms.get(match[0].toLowerCase());
      if (term === undefined || seen.has(term.id)) continue;
      seen.add(term.id);
      if (match.index > from) pieces.push({ text: text.slice(from, match.index), term: null });
      pieces.push({ text: match[0], term });
      from = match.index + match[0].length;
    }
    if (from < text.length) pieces.push({ text: text.slice(from), term: null });
    return pieces;
  }
}

/** A form as a pattern: Latin words end where words end, Chinese ones anywhere. */
function bounded(form: string): string {
  const plain = form.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
  const before = /^[\w]/.test(form) ? String.raw`(?<![\w.])` : "";
  const after = /\w$/.test(form) ? String.raw`(?![\w(])` : "";
  return before + plain + after;
}
