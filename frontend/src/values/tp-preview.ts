import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { tensorTarget } from "../timeline/lights.ts";
import { base, controls } from "../ui/styles.ts";
import type { Values } from "../api/values.ts";
import { TpElement } from "../ui/base.ts";
import { sizeText } from "./tp-preview-grid.ts";

import "./tp-preview-grid.ts";
import "../ui/tp-text.ts";

/** Values at a glance with what they are called. Sends `tp-target` when the name of a tensor is pressed. */
@customElement("tp-preview")
export class TpPreview extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: block;
        min-width: 0;
        max-width: 100%;
      }
      figure {
        margin: 0;
        padding: 5px 8px 6px;
        overflow-x: auto;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--card);
      }
      :host([tone="fresh"]) figure {
        border-color: var(--lit);
      }
      :host([tone="gradient"]) figure {
        border-color: color-mix(in oklab, var(--gradient-ink) 40%, transparent);
        background: color-mix(in oklab, var(--gradient-ground) 45%, var(--card));
      }
      figcaption {
        display: flex;
        gap: 6px;
        align-items: baseline;
        margin-bottom: 3px;
        color: var(--muted);
        font-size: 11.5px;
        white-space: nowrap;
      }
      .link,
      .name {
        max-width: 18em;
        overflow: hidden;
        font: 600 12px/1.4 var(--mono);
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  /** What the values are of it. */
  @property() of = "";
  /** The name of what has these values; null for none. */
  @property() name: string | null = null;
  /** The tensor that its name leads to. */
  @property() tensor: string | null = null;
  @property({ attribute: false }) values: Values | null = null;
  @property({ attribute: false }) shape: readonly number[] | null = null;
  @property() dtype = "";
  /** `fresh` for what was made or written, `gradient` for gradients. */
  @property({ reflect: true }) tone = "";

  protected override render(): TemplateResult {
    const size = this.values === null ? "" : sizeText(this.values, this.shape);
    return html`<figure>
      <figcaption>
        ${this.#name()}${this.of === "" ? nothing : html`<span>${this.of}</span>`}
        ${size === "" || size === "()" ? nothing : html`<span class="mono">${size}</span>`}
      </figcaption>
      <tp-preview-grid .values=${this.values} .shape=${this.shape} .dtype=${this.dtype}></tp-preview-grid>
    </figure>`;
  }

  #name(): TemplateResult | typeof nothing {
    const { name, tensor } = this;
    if (name === null) return nothing;
    if (tensor === null) return html`<span class="name"><tp-text .text=${name}></tp-text></span>`;
    return html`<button
      type="button"
      class="link"
      @click=${() => {
        this.emit("tp-target", { target: tensorTarget(tensor), pin: true });
      }}
    >
      <tp-text .text=${name}></tp-text>
    </button>`;
  }
}
