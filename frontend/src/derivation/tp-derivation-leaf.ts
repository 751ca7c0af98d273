import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Derivation, LeafGradient, Line, ChainPath } from "../api/schema.ts";
import { badges, base, controls } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import { shapeOf } from "../numbers/brief.ts";
import { flat } from "../numbers/grid.ts";
import { alone } from "../values/cards.ts";
import { TpElement } from "../ui/base.ts";

import "./tp-math.ts";
import "../ui/tp-text.ts";
import "../values/tp-values.ts";

/** Up to so many elements are in the line itself. */
const IN_LINE = 16;

/** The gradient of one leaf: the product along each path, their sum, and what was checked. Sends `tp-path` (steps or null). */
@customElement("tp-derivation-leaf")
export class TpDerivationLeaf extends TpElement {
  static override styles = [
    base,
    controls,
    badges,
    css`
      article {
        display: grid;
        gap: 8px;
        grid-template-columns: minmax(0, 1fr);
        padding: 10px 12px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
      }
      h4 {
        margin: 0 0 2px;
        color: var(--muted);
        font-size: 11.5px;
        font-weight: 600;
      }
      .total {
        --math-size: 17px;
      }
      ol {
        display: grid;
        gap: 4px;
        grid-template-columns: minmax(0, 1fr);
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        padding: 2px 8px;
        border-left: 3px solid var(--line-strong);
        border-radius: 0 6px 6px 0;
      }
      li:hover {
        border-color: var(--lit);
        background: var(--lit-ground);
      }
      .through {
        color: var(--muted);
        font: 11.5px/1.5 var(--mono);
      }
      .check {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 8px;
        padding: 6px 10px;
        border-radius: 6px;
        background: var(--good-ground);
        color: var(--good-ink);
        font-size: 12.5px;
      }
      .check.off {
        background: var(--bad-ground);
        color: var(--bad-ink);
      }
      .check.unknown {
        background: var(--operation-ground);
        color: var(--operation-ink);
      }
      .more {
        color: var(--muted);
        font-size: 12px;
      }
      @media print {
        article {
          break-inside: avoid;
        }
      }
    `,
  ];

  @property({ attribute: false }) derivation!: Derivation;
  @property({ attribute: false }) leaf!: LeafGradient;
  @property() dtype = "";

  protected override render(): TemplateResult {
    const words = this.t.derivation;
    const { leaf } = this;
    const more = leaf.path_count - leaf.paths.length;
    return html`<article aria-label=${words.gradientOf(visible(leaf.label))}>
      ${
        leaf.paths.length === 0
          ? nothing
          : html`<ol>
              ${leaf.paths.map((path, at) => this.#path(path, at))}
            </ol>`
      }
      ${more > 0 ? html`<p class="more">${words.morePaths(more)}</p>` : nothing}
      <section class="total">
        <h4>${leaf.path_count === 1 ? words.onePath : words.sum}</h4>
        ${this.#line(leaf.chain_rule)} ${this.#numbers()}
      </section>
      ${this.#check(leaf.statement, leaf.agrees)} ${this.#closed()}
      ${
        leaf.finite_differences === null
          ? nothing
          : html`<section>
              <h4>${words.differences}</h4>
              ${this.#check(leaf.finite_differences.text, leaf.finite_differences.agrees)}
            </section>`
      }
    </article>`;
  }

  #path(path: ChainPath, at: number): TemplateResult {
    const words = this.t.derivation;
    const labels = path.steps.map((step) => visible(this.derivation.steps[step]?.label ?? "")).join(" → ");
    return html`<li
      @pointerenter=${() => {
        this.emit("tp-path", path.steps);
      }}
      @pointerleave=${() => {
        this.emit("tp-path", null);
      }}
    >
      <h4>
        ${this.leaf.path_count > 1 ? words.path(at + 1) : nothing}
        <span class="through">${words.pathThrough(labels)}</span>
      </h4>
      ${this.#line(path.line)}
    </li>`;
  }

  /** All numbers of the gradient, if the line has no room for them. */
  #numbers(): TemplateResult | typeof nothing {
    const { total } = this.leaf;
    if (total.kind !== "full") return nothing;
    const shape = shapeOf(total.data);
    if (flat(total.data, shape).length <= IN_LINE && shape.length <= 2) return nothing;
    return html`<tp-values .layers=${[alone(total)]} .shape=${shape} .dtype=${this.dtype}></tp-values>`;
  }

  #closed(): TemplateResult | typeof nothing {
    const { closed_form } = this.leaf;
    if (closed_form === null) return nothing;
    const words = this.t.derivation;
    return html`<section>
      <h4>${words.closed}</h4>
      ${this.#line(closed_form.gradient)}
      <p class="more">
        ${words.where} <tp-text .text=${this.derivation.root}></tp-text> = ${this.#line(closed_form.result)}
      </p>
    </section>`;
  }

  #check(text: string, agrees: boolean | null): TemplateResult {
    const tone = agrees === null ? "unknown" : agrees ? "" : "off";
    return html`<p class="check ${tone}">
      <span aria-hidden="true">${agrees === null ? "?" : agrees ? "✓" : "✗"}</span><tp-text .text=${text}></tp-text>
    </p>`;
  }

  #line({ latex, text }: Line): TemplateResult {
    return html`<tp-math .latex=${latex} .text=${text}></tp-math>`;
  }
}
