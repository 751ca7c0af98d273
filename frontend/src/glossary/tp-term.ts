import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Term } from "../api/schema.ts";
import { TpElement } from "../ui/base.ts";

/** A word of the glossary within a text. Sends `tp-term` while it is pointed at or has the focus. */
@customElement("tp-term")
export class TpTerm extends TpElement {
  static override styles = css`
    :host {
      display: inline;
    }
    /* A part of the line, which a button cannot be: lines break within a term, and not before what stands after it. */
    span {
      text-decoration: underline dotted color-mix(in oklab, var(--muted) 75%, transparent) 1.5px;
      text-underline-offset: 4px;
      cursor: help;
    }
    span:hover,
    span:focus-visible {
      text-decoration-color: var(--accent);
    }
    span:focus-visible {
      border-radius: 2px;
      outline: 2px solid var(--accent);
      outline-offset: 1px;
    }
    @media print {
      span {
        text-decoration: none;
      }
    }
  `;

  @property({ attribute: false }) term!: Term;
  @property() text = "";

  protected override render(): TemplateResult {
    return html`<span
      role="button"
      tabindex="0"
      aria-description=${this.term.text}
      @pointerenter=${this.#look}
      @pointerleave=${this.#leave}
      @focus=${this.#look}
      @click=${this.#look}
      @blur=${this.#leave}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Escape") this.#leave();
        if (event.key !== "Enter" && event.key !== " ") return;
        event.preventDefault();
        this.#look();
      }}
      .textContent=${this.text}
    ></span>`;
  }

  readonly #look = (): void => {
    this.emit("tp-term", { term: this.term, anchor: this });
  };

  readonly #leave = (): void => {
    this.emit("tp-term", null);
  };
}

/** A term as an element, for texts that are no templates. */
export function termElement(term: Term, text: string): HTMLElement {
  return Object.assign(document.createElement("tp-term"), { term, text });
}
