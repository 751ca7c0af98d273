import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { type Lines, questionLines } from "../gates/comments.ts";
import { TpElement } from "../ui/base.ts";
import { reveal } from "../ui/reveal.ts";
import { base } from "../ui/styles.ts";
import type { SourceSpan } from "../ui/text/spans.ts";
import { type Line, linesOf, type Piece } from "./python.ts";

/** Source to read: its lines with their numbers, the lit ones marked. */
@customElement("tp-listing")
export class TpListing extends TpElement {
  static override styles = [
    base,
    css`
      pre {
        max-height: var(--listing-height, none);
        padding: 6px 0;
        overflow: auto;
        counter-reset: line;
        font-size: 12.5px;
        line-height: 1.55;
        tab-size: 4;
        scrollbar-width: thin;
      }
      code {
        display: block;
        color: var(--syntax-name);
        line-height: inherit;
      }
      /* A long line goes on below itself, and not below its number. */
      .line {
        display: block;
        padding: 0 10px 0 3.4em;
        border-left: 3px solid transparent;
        text-indent: -3.4em;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .line::before {
        display: inline-block;
        width: 2.4em;
        margin-right: 1em;
        color: var(--muted);
        counter-increment: line;
        content: counter(line);
        text-align: right;
        text-indent: 0;
      }
      .line.lit {
        border-left-color: var(--lit);
        background: color-mix(in oklab, var(--lit-ground) 55%, transparent);
      }
      mark {
        border-radius: 2px;
        background: var(--lit-ground);
        box-shadow: 0 0 0 1px var(--lit);
        color: inherit;
      }
      .line.folded {
        height: 0;
        overflow: hidden;
      }
      .question {
        padding: 1px 8px;
        border-radius: 9px;
        background: var(--accent-ground);
        color: var(--accent);
        font: 11.5px/17px var(--sans);
      }
      .keyword {
        color: var(--syntax-keyword);
      }
      .function {
        color: var(--syntax-function);
      }
      .string {
        color: var(--syntax-string);
      }
      .number {
        color: var(--syntax-number);
      }
      .comment {
        color: var(--syntax-comment);
        font-style: italic;
      }
      @media print {
        pre {
          max-height: none;
        }
      }
    `,
  ];

  @property() code = "";
  @property() label = "";
  /** The piece of code to mark. */
  @property({ attribute: false }) lit: SourceSpan | null = null;

  protected override render(): TemplateResult {
    const questions = questionLines(this.code);
    return html`<pre tabindex="0" role="group" aria-label=${this.label}><code>${linesOf(this.code, this.lit).map(
      (line, at) => {
        const question = questions.find(({ first, last }) => first <= at + 1 && at + 1 <= last);
        return question === undefined ? this.#line(line) : this.#question(at + 1, question);
      },
    )}</code></pre>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const line = changed.has("lit") ? this.renderRoot.querySelector(".line.lit") : null;
    if (line !== null) this.#reveal(line);
  }

  /** Only the listing itself scrolls. */
  #reveal(line: Element): void {
    const box = this.renderRoot.querySelector("pre");
    if (box !== null && box.scrollHeight > box.clientHeight) reveal(line);
  }

  /** In place of the comments that ask the reader: they say the answers. Their lines count. */
  #question(at: number, { first, last }: Lines): TemplateResult {
    return html`<span class=${at === first ? "line" : "line folded"}
      >${at === first ? html`<span class="question">? ${this.t.gates.folded(first, last)}</span>` : nothing}${"\n"}</span
    >`;
  }

  #line({ before, marked, after, lit }: Line): TemplateResult {
    return html`<span class=${lit ? "line lit" : "line"}
      >${colours(before)}${marked.length === 0 ? nothing : html`<mark>${colours(marked)}</mark>`}${colours(after)}${"\n"}</span
    >`;
  }
}

function colours(pieces: readonly Piece[]): TemplateResult[] {
  return pieces.map(({ text, colour }) => html`<span class=${colour}>${text}</span>`);
}
