import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Lens } from "../api/schema.ts";
import { tensorTarget } from "../timeline/lights.ts";
import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

import "../ui/tp-text.ts";

const LINES = 8;

/** The answer to where an element came from, if there is one yet. */
export type LensResult =
  | { readonly kind: "asking" }
  | { readonly kind: "found"; readonly lens: Lens }
  | { readonly kind: "none"; readonly text: string };

/** Where one element came from, in words. Sends `tp-lens-end`, and `tp-target` for an input's tensor. */
@customElement("tp-lens")
export class TpLens extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .panel {
        position: relative;
        padding: 6px 34px 8px 12px;
        border-top: 1px solid var(--line);
        background: var(--accent-ground);
        font-size: 12px;
      }
      .tool {
        position: absolute;
        top: 3px;
        right: 5px;
      }
      code {
        display: inline-block;
        margin-top: 2px;
        color: var(--soft);
        overflow-wrap: anywhere;
      }
      ul {
        max-height: 11em;
        margin: 4px 0 0;
        padding: 0 0 0 14px;
        overflow-y: auto;
        font: 12px/1.6 var(--mono);
      }
      li::marker {
        color: var(--lit);
      }
      li.index {
        color: var(--soft);
      }
      button.link {
        font: inherit;
        text-align: left;
      }
    `,
  ];

  /** The element in words, as in `y[0, 1]`. */
  @property() element = "";
  @property({ attribute: false }) finding: LensResult = { kind: "asking" };

  protected override render(): TemplateResult {
    return html`<div class="panel" role="group" aria-label=${this.t.lens(this.element)}>
      <button
        type="button"
        class="tool"
        title=${this.t.closeLens}
        aria-label=${this.t.closeLens}
        @click=${() => {
          this.emit("tp-lens-end");
        }}
      >
        ✕
      </button>
      ${this.#finding()}
    </div>`;
  }

  #finding(): TemplateResult {
    switch (this.finding.kind) {
      case "asking":
        return html`<p>${this.t.lensAsking(this.element)}</p>`;
      case "none":
        return html`<p><tp-text .text=${this.finding.text}></tp-text></p>`;
      case "found":
        return this.#lens(this.finding.lens);
    }
  }

  #lens(lens: Lens): TemplateResult {
    const rest = lens.count - Math.min(lens.inputs.length, LINES);
    return html`<p><tp-text .text=${lens.text}></tp-text></p>
      ${lens.expression === null ? nothing : html`<code><tp-text .text=${lens.expression}></tp-text></code>`}
      ${
        lens.inputs.length === 0
          ? nothing
          : html`<ul>
              ${lens.inputs.slice(0, LINES).map(
                ({ tensor, text, relation }) =>
                  html`<li class=${relation}>
                    ${
                      tensor === null
                        ? html`<tp-text .text=${text}></tp-text>`
                        : html`<button
                            type="button"
                            class="link"
                            @click=${() => {
                              this.emit("tp-target", { target: tensorTarget(tensor), pin: true });
                            }}
                          >
                            <tp-text .text=${text}></tp-text>
                          </button>`
                    }
                  </li>`,
              )}
              ${rest > 0 ? html`<li>${this.t.lensRest(rest)}</li>` : nothing}
            </ul>`
      }`;
  }
}
