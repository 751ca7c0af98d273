import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { tensorTarget } from "../timeline/lights.ts";
import { badges, base, controls } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import { isTensor } from "../timeline/member.ts";
import type { Card, Relative } from "./cards.ts";
import { shapeText } from "../numbers/grid.ts";
import { type Marks, NO_MARKS } from "./origins.ts";
import { TpElement } from "../ui/base.ts";
import { revealDrawn } from "../ui/reveal.ts";
import type { Sent } from "../ui/events.ts";
import * as icons from "../ui/icons.ts";
import type { LensResult } from "./tp-lens.ts";

import "./tp-lens.ts";
import "../ui/tp-text.ts";
import "./tp-values.ts";

/** One tensor or NumPy array: what it is, its values beside its gradient, and whose memory it shares. Sends `tp-target`. */
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
        padding: 8px 12px;
      }
      .none {
        margin-top: 4px;
        color: var(--muted);
        font-size: 11.5px;
      }
      /* What a step made or changed: a bar that stays, and a flash where motion is welcome. */
      header.changed {
        box-shadow: inset 3px 0 0 var(--accent);
        animation: flash 0.9s ease-out;
      }
      @keyframes flash {
        from {
          background: var(--lit-ground);
        }
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
      @media print {
        article {
          break-inside: avoid;
        }
        /* How wide a card is, is for its values to say. */
        header,
        footer {
          contain: inline-size;
        }
        footer .link {
          display: inline;
          color: inherit;
          text-decoration: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) card!: Card;
  @property({ type: Boolean }) lit = false;
  /** Whether to scroll into view when lit: not if the person points at this card itself. */
  @property({ type: Boolean }) pinned = false;
  /** Marks of the lens on its elements. */
  @property({ attribute: false }) marks: Marks = NO_MARKS;
  /** Where one of its elements came from; null if that was not asked. */
  @property({ attribute: false }) finding: LensResult | null = null;
  /** That element. */
  @property({ attribute: false }) asked: readonly number[] = [];

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("pinned") && this.pinned) revealDrawn(() => this);
  }

  protected override render(): TemplateResult {
    const { id, names, member, changed } = this.card;
    const name = visible(names.join(", ")) || this.t.unnamed;
    const { device, nbytes } = isTensor(member) ? member.layout : { device: "", nbytes: null };
    return html`<article
      class=${this.lit ? "lit" : ""}
      aria-label=${name}
      @pointerenter=${() => {
        this.#point(id, false);
      }}
      @pointerleave=${() => {
        this.#point(null, false);
      }}
    >
      <header class=${changed ? "changed" : ""}>
        <div class="what">
          <h3>
            ${
              names.length === 0
                ? html`<span class="unnamed">${this.t.unnamed}</span>`
                : html`<tp-text .text=${names.join(" = ")}></tp-text>`
            }
          </h3>
          <span class="facts"
            >${shapeText(member.layout.shape)} ${member.layout.dtype.replace("torch.", "")} ${device}
            ${nbytes === null ? nothing : this.t.bytes(nbytes)}</span
          >
          ${this.#badges()} ${changed ? html`<span class="unseen">${this.t.changedHere}</span>` : nothing}
        </div>
        <button
          type="button"
          class="tool"
          title=${this.t.showTensor(name)}
          aria-label=${this.t.showTensor(name)}
          @click=${() => {
            this.#point(id, true);
          }}
        >
          ${icons.target}
        </button>
      </header>
      <div class="values">
        <tp-values
          .layers=${this.card.layers}
          .shape=${member.layout.shape}
          .dtype=${member.layout.dtype}
          .marks=${this.marks}
          .choosable=${isTensor(member)}
          @tp-element=${(event: Sent<"tp-element">) => {
            event.stopPropagation();
            this.emit("tp-lens", { subject: id, element: event.detail });
          }}
        ></tp-values>
        ${
          this.card.layers.length === 1 && isTensor(member) && member.role.is_leaf && member.role.requires_grad
            ? html`<p class="none">${this.t.noGradient}</p>`
            : nothing
        }
      </div>
      ${
        this.finding === null
          ? nothing
          : html`<tp-lens .element=${this.#element(name)} .finding=${this.finding}></tp-lens>`
      }
      ${this.#memory()}
    </article>`;
  }

  #element(name: string): string {
    return this.asked.length === 0 ? name : `${name}[${this.asked.join(", ")}]`;
  }

  #badges(): TemplateResult {
    const { member } = this.card;
    if (!isTensor(member)) return html`<span class="badge">${this.t.numpy}</span>`;
    const { is_leaf, is_parameter, requires_grad, grad_fn } = member.role;
    return html`${is_parameter ? html`<span class="badge parameter">${this.t.parameter}</span>` : nothing}
    ${is_leaf && requires_grad ? html`<span class="badge leaf">${this.t.leaf}</span>` : nothing}
    ${requires_grad ? html`<span class="badge">${this.t.requiresGrad}</span>` : nothing}
    ${grad_fn === null ? nothing : html`<span class="badge gradient"><tp-text .text=${grad_fn}></tp-text></span>`}`;
  }

  #memory(): TemplateResult {
    const { member, version, base: viewed, sharing, storage } = this.card;
    return html`<footer>
      ${viewed === null ? nothing : html`<span>${this.t.viewOf} ${this.#relative(viewed)}</span>`}
      ${
        sharing.length === 0
          ? nothing
          : html`<span>
              ${this.t.sharesMemory}
              ${sharing.map((other, index) => html`${index > 0 ? ", " : nothing}${this.#relative(other)}`)}
            </span>`
      }
      ${
        isTensor(member)
          ? member.layout.stride.length < member.layout.shape.length
            ? nothing // a sparse tensor has none
            : html`<span>${this.t.stride} ${shapeText(member.layout.stride)}</span>`
          : html`<span>${this.t.strides} ${shapeText(member.layout.strides)}</span>`
      }
      ${member.layout.offset === 0 ? nothing : html`<span>${this.t.offset} ${member.layout.offset}</span>`}
      ${version === null || version === 0 ? nothing : html`<span>${this.t.version} ${version}</span>`}
      ${storage === null ? nothing : html`<span>${this.t.storageBytes(storage.nbytes)}</span>`}
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
      <tp-text .text=${other.name || this.t.unnamed}></tp-text>
    </button>`;
  }

  #point(tensor: string | null, pin: boolean): void {
    this.emit("tp-target", { target: tensorTarget(tensor), pin });
  }
}
