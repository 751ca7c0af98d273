import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Explanation } from "../api/schema.ts";
import type { Notebook } from "../run/notebook.ts";
import { base } from "../ui/styles.ts";
import type { Finder } from "../glossary/finder.ts";
import { finder } from "../glossary/glossary.ts";
import { type Block, blocks, inlines } from "../ui/text/prose.ts";
import { TpElement } from "../ui/base.ts";
import { proseIn } from "../ui/tp-prose.ts";

import "../glossary/tp-term.ts";
import "./tp-fix.ts";
import "../ui/tp-text.ts";

/** Why something happened, and the fix if there is one. Sends what its fix sends. */
@customElement("tp-explanation")
export class TpExplanation extends TpElement {
  static override styles = [
    base,
    css`
      /* The code around it keeps its white space. */
      :host {
        white-space: normal;
      }
      .title {
        font: 600 13px/1.45 var(--sans);
      }
      p {
        margin-top: 3px;
        font: 13px/1.5 var(--sans);
        white-space: normal;
      }
      code {
        padding: 0 3px;
        border-radius: 3px;
        background: color-mix(in srgb, var(--ink) 8%, transparent);
        font-size: 0.93em;
        overflow-wrap: anywhere;
      }
      pre {
        width: fit-content;
        max-width: 100%;
        margin: 6px 0 4px;
        padding: 6px 12px;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--card);
        overflow-x: auto;
        white-space: pre;
      }
      tp-fix {
        margin-top: 8px;
      }
    `,
  ];

  @property({ attribute: false }) explanation: Explanation | null = null;
  /** The cells that ran. */
  @property({ attribute: false }) cells: Notebook = [];
  /** Whether its title is shown already above it. */
  @property({ type: Boolean }) untitled = false;

  /** What finds the terms in its text; null where there are none, or not yet. */
  #terms: Finder | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    void finder().then((found) => {
      this.#terms = found;
      this.requestUpdate();
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.explanation === null) return nothing;
    const { title, text, fix } = this.explanation;
    return html`${this.untitled ? nothing : html`<p class="title">${proseIn(title)}</p>`}
    ${blocks(text).map((block) => this.#block(block))}
    ${fix === null ? nothing : html`<tp-fix .fix=${fix} .cells=${this.cells}></tp-fix>`}`;
  }

  #block(block: Block): TemplateResult {
    return block.kind === "figure"
      ? html`<pre tabindex="0"><tp-text .text=${block.text}></tp-text></pre>`
      : html`<p>${this.#terms === null ? proseIn(block.text) : explained(block.text, this.#terms)}</p>`;
  }
}

/** A text with code between backticks, whose terms are explained. */
function explained(text: string, terms: Finder): TemplateResult[] {
  const seen = new Set<string>();
  return inlines(text).flatMap(({ kind, text: part }) =>
    kind === "code"
      ? proseIn(`\`${part}\``)
      : terms
          .pieces(part, seen)
          .map(({ text: piece, term }) =>
            term === null
              ? html`<tp-text .text=${piece}></tp-text>`
              : html`<tp-term .term=${term} .text=${piece}></tp-term>`,
          ),
  );
}
