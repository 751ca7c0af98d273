import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { type VisiblePart, visibleParts } from "./text/visible.ts";
import { TpElement } from "./base.ts";

/** Text of a program, with what cannot be seen in it made visible. Keeps the white space of its surroundings. */
@customElement("tp-text")
export class TpText extends TpElement {
  static override styles = css`
    :host {
      display: inline;
      unicode-bidi: isolate;
    }
    .hidden {
      padding: 0 3px;
      border-radius: 3px;
      background: var(--gradient-ground);
      color: var(--gradient-ink);
      font-size: 0.85em;
    }
  `;

  @property() text = "";

  protected override render(): TemplateResult {
    return html`<span>${visibleParts(this.text).map((piece) => this.#piece(piece))}</span>`;
  }

  #piece(piece: VisiblePart): TemplateResult | string {
    if (piece.kind === "text") return piece.text;
    return html`<span class="hidden" title=${this.t.hiddenCharacter(piece.code)}>⟨${piece.code}⟩</span>`;
  }
}
