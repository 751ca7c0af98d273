import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { StorageBody, TensorBody } from "../api/schema.ts";
import { targetEvent } from "../link/lights.ts";
import { badges, base, controls } from "../styles/shared.ts";
import { visible } from "../text/visible.ts";
import { shapeText } from "../values/grid.ts";
import { TpElement } from "./base.ts";
import * as icons from "./icons.ts";

import "./tp-text.ts";
import "./tp-values.ts";

/** A tensor that another one is related to, by what a person calls it. */
export interface Relative {
  readonly id: string;
  readonly name: string;
}

/** One tensor: what it is, its values beside its gradient, and whose memory it shares. Sends `tp-target`. */
@customElement("tp-tensor-card")
export class TpTensorCard extends TpElement {
  static override styles = [
    base,
    controls,
    badges,
    css`
      article {
        overflow: hidden;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
      }
      article.lit {
        border-color: var(--lit);
        box-shadow: 0 0 0 1px var(--lit);
      }
      header {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        align-items: start;
        padding: 5px 5px 5px 12px;
        border-bottom: 1px solid var(--line);
        background: var(--panel);
      }
      h3 {
        font: 650 14px/1.4 var(--mono);
        overflow-wrap: anywhere;
      }
      .unnamed {
        color: var(--muted);
        font-weight: 400;
      }
      .facts {
        color: var(--muted);
        font: 12px/1.5 var(--mono);
      }
      .what {
        display: flex;
        flex-wrap: wrap;
        gap: 3px 8px;
        align-items: center;
        min-height: 26px;
      }
      .values {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 24px;
        padding: 8px 12px;
      }
      .none {
        flex: 1 1 12em;
        align-self: center;
        color: var(--muted);
        font-size: 12px;
      }
      section {
        min-width: 0;
      }
      h4 {
        margin: 0 0 2px;
        color: var(--muted);
        font-size: 10.5px;
        font-weight: 600;
      }
      .gradient h4 {
        color: var(--gradient-ink);
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        padding: 4px 12px 6px;
        color: var(--muted);
        font-size: 11.5px;
      }
      footer .link {
        font: 12px/1.4 var(--mono);
      }
    `,
  ];

  @property({ attribute: false }) tensor!: TensorBody;
  @property({ attribute: false }) storage: StorageBody | null = null;
  @property({ attribute: false }) sharing: readonly Relative[] = [];
  @property({ attribute: false }) origin: Relative | null = null;
  @property({ type: Boolean }) lit = false;
  /** Whether to come into view when lit: where the person pointed elsewhere. */
  @property({ type: Boolean }) pinned = false;

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("pinned") && this.pinned) this.scrollIntoView({ block: "nearest" });
  }

  protected override render(): TemplateResult {
    const { names, shape, dtype, device } = this.tensor;
    const name = visible(names.join(", ")) || this.t.unnamed;
    return html`<article
      class=${this.lit ? "lit" : ""}
      aria-label=${name}
      @pointerenter=${() => {
        this.#point(this.tensor.id, false);
      }}
      @pointerleave=${() => {
        this.#point(null, false);
      }}
    >
      <header>
        <div class="what">
          <h3>
            ${
              names.length === 0
                ? html`<span class="unnamed">${this.t.unnamed}</span>`
                : html`<tp-text .text=${names.join(" = ")}></tp-text>`
            }
          </h3>
          <span class="facts">${shapeText(shape)} ${dtype.replace("torch.", "")} ${device}</span>
          ${this.#badges()}
        </div>
        <button
          type="button"
          class="tool"
          title=${this.t.showTensor(name)}
          aria-label=${this.t.showTensor(name)}
          @click=${() => {
            this.#point(this.tensor.id, true);
          }}
        >
          ${icons.target}
        </button>
      </header>
      <div class="values">
        <section>
          <h4>${this.t.values}</h4>
          <tp-values .values=${this.tensor.values} .shape=${shape} .dtype=${dtype}></tp-values>
        </section>
        ${
          this.tensor.grad === null
            ? this.tensor.is_leaf && this.tensor.requires_grad
              ? html`<p class="none">${this.t.noGradient}</p>`
              : nothing
            : html`<section class="gradient">
                <h4>∇ ${this.t.gradient}</h4>
                <tp-values .values=${this.tensor.grad} .shape=${shape} .dtype=${dtype}></tp-values>
              </section>`
        }
      </div>
      ${this.#memory()}
    </article>`;
  }

  #badges(): TemplateResult {
    const { is_leaf, is_parameter, requires_grad, grad_fn } = this.tensor;
    return html`${is_parameter ? html`<span class="badge parameter">${this.t.parameter}</span>` : nothing}
    ${is_leaf && requires_grad ? html`<span class="badge leaf">${this.t.leaf}</span>` : nothing}
    ${requires_grad ? html`<span class="badge">${this.t.requiresGrad}</span>` : nothing}
    ${grad_fn === null ? nothing : html`<span class="badge gradient"><tp-text .text=${grad_fn}></tp-text></span>`}`;
  }

  #memory(): TemplateResult {
    const { stride, offset, version } = this.tensor;
    return html`<footer>
      ${this.origin === null ? nothing : html`<span>${this.t.viewOf} ${this.#relative(this.origin)}</span>`}
      ${
        this.sharing.length === 0
          ? nothing
          : html`<span>
              ${this.t.sharesMemory}
              ${this.sharing.map((other, place) => html`${place > 0 ? ", " : nothing}${this.#relative(other)}`)}
            </span>`
      }
      <span>${this.t.stride} ${shapeText(stride)}</span>
      ${offset === 0 ? nothing : html`<span>${this.t.offset} ${offset}</span>`}
      ${version === null || version === 0 ? nothing : html`<span>${this.t.version} ${version}</span>`}
      ${this.storage === null ? nothing : html`<span>${this.t.bytes(this.storage.nbytes)}</span>`}
    </footer>`;
  }

  #relative(other: Relative): TemplateResult {
    return html`<button
      type="button"
      class="link"
      @click=${() => {
        this.#point(other.id, true);
      }}
    >
      <tp-text .text=${other.name}></tp-text>
    </button>`;
  }

  #point(tensor: string | null, pin: boolean): void {
    this.dispatchEvent(targetEvent({ target: tensor === null ? null : { kind: "tensor", tensor }, pin }));
  }
}
