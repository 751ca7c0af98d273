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
    button {
      display: inline;
      padding: 0;
      border: 0;
      background: none;
      color: inherit;
      font: inherit;
      letter-spacing: inherit;
      text-align: inherit;
      text-decoration: underline dotted color-mix(in oklab, var(--muted) 75%, transparent) 1.5px;
      text-underline-offset: 4px;
      cursor: help;
      user-select: text;
    }
    button:hover,
    button:focus-visible {
      text-decoration-color: var(--accent);
    }
    button:focus-visible {
      border-radius: 2px;
      outline: 2px solid var(--accent);
      outline-offset: 1px;
    }
    @media print {
      button {
        text-decoration: none;
      }
    }
  `;

  @property({ attribute: false }) term!: Term;
  @property() text = "";

  protected override render(): TemplateResult {
    return html`<button
      type="button"
      aria-description=${this.term.text}
      @pointerenter=${this.#look}
      @pointerleave=${this.#leave}
      @focus=${this.#look}
      @click=${this.#look}
      @blur=${this.#leave}
      @keydown=${(event: KeyboardEvent) => {
        if (event.key === "Escape") this.#leave();
      }}
    >
      ${this.text}
    </button>`;
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
