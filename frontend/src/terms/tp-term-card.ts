import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import type { Term } from "../api/schema.ts";
import type { Looked } from "../glossary/events.ts";
import { notebook } from "../run/notebook.ts";
import { TpElement } from "../ui/base.ts";
import { base } from "../ui/styles.ts";
import { Viewing } from "../viewer/viewing.ts";

import "../ui/tp-prose.ts";
import "../viewer/tp-reading.ts";

/** What a term means, with its program and what that gives when it runs now: beside the place where the term stands. */
@customElement("tp-term-card")
export class TpTermCard extends TpElement {
  static override styles = [
    base,
    css`
      .card {
        position: fixed;
        z-index: 20;
        width: min(400px, calc(100vw - 16px));
        max-height: min(420px, calc(100vh - 16px));
        margin: 0;
        padding: 12px 14px 14px;
        overflow-y: auto;
        border: 1px solid var(--line-strong);
        border-radius: 10px;
        background: var(--card);
        color: var(--ink);
        box-shadow: 0 10px 34px rgb(0 0 0 / 22%);
        font: 14px/1.55 var(--sans);
      }
      h2 {
        color: var(--ink);
        font-size: 14px;
      }
      p {
        margin: 2px 0 10px;
      }
      @media print {
        .card {
          display: none;
        }
      }
    `,
  ];

  @state() private term: Term | null = null;
  @query(".card") private card!: HTMLElement | null;
  #anchor: HTMLElement | null = null;
  #within = false;
  #cells = notebook([]);
  readonly #viewing = new Viewing(this);
  readonly #hide = (): void => {
    this.#within = false;
    this.leave();
  };
  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === "Escape") this.#hide();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#key);
  }

  show({ term, anchor }: Looked): void {
    this.#anchor = anchor;
    if (term === this.term) return;
    this.term = term;
    this.#cells = notebook([term.code.trimEnd()]);
    this.#viewing.run(this.#cells);
  }

  /** The term is no longer looked at; whoever looks at the card may go on. */
  leave(): void {
    if (!this.#within) this.term = null;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { term } = this;
    if (term === null) return nothing;
    return html`<div
      class="card"
      role="dialog"
      aria-label=${term.term}
      @pointerenter=${() => {
        this.#within = true;
      }}
      @pointerleave=${this.#hide}
    >
      <h2>${term.term}</h2>
      <p><tp-prose .text=${term.text}></tp-prose></p>
      <tp-reading .cells=${this.#cells} .session=${this.#viewing.session}></tp-reading>
    </div>`;
  }

  protected override updated(): void {
    const box = this.#anchor?.getBoundingClientRect();
    const { card } = this;
    if (card === null || box === undefined) return;
    const { width, height } = card.getBoundingClientRect();
    const { clientWidth, clientHeight } = document.documentElement;
    const below = box.bottom + 6 + height <= clientHeight || box.top < height + 14;
    const left = Math.max(8, Math.min(box.left, clientWidth - width - 8));
    const top = below ? Math.min(box.bottom + 6, Math.max(8, clientHeight - height - 8)) : box.top - height - 6;
    Object.assign(card.style, { left: `${left}px`, top: `${top}px` });
  }
}
