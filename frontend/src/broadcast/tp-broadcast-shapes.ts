import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Fate, Operand } from "./broadcast.ts";
import { base } from "../ui/styles.ts";
import { shapeText } from "../numbers/grid.ts";
import { TpElement } from "../ui/base.ts";

import "../ui/tp-text.ts";

/** An operand and what it is called. */
interface NamedOperand {
  readonly name: string;
  readonly operand: Operand;
}

/** Shapes that were broadcast, aligned to the right, and in words what became of each operand. */
@customElement("tp-broadcast-shapes")
export class TpBroadcastShapes extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        display: grid;
        gap: 8px;
        align-content: start;
        justify-items: start;
        min-width: 0;
        max-width: 100%;
      }
      .shapes {
        border-spacing: 4px;
        margin: -4px;
        font: 12.5px/1.3 var(--mono);
      }
      caption {
        padding-left: 4px;
        color: var(--muted);
        font: 12px/1.6 var(--sans);
        text-align: left;
      }
      .shapes thead th {
        color: var(--muted);
        font-size: 10.5px;
        font-weight: 400;
      }
      .shapes [scope="row"] {
        max-width: 14em;
        padding-right: 8px;
        font-weight: 650;
        text-align: right;
        overflow-wrap: anywhere;
      }
      .shapes td {
        min-width: 62px;
        padding: 3px 8px;
        border: 1px solid var(--line);
        border-radius: 5px;
        background: var(--panel);
        text-align: center;
      }
      .shapes small {
        display: block;
        font: 10.5px/1.3 var(--sans);
      }
      .shapes b {
        font-weight: 600;
      }
      .shapes .stretched {
        border-color: var(--line-strong);
        background: var(--gradient-ground);
        color: var(--gradient-ink);
      }
      .shapes .added {
        border: 1px dashed var(--line-strong);
        background: none;
        color: var(--muted);
      }
      .shapes .product {
        color: var(--muted);
      }
      .shapes .result td {
        border-color: transparent;
        background: var(--good-ground);
        color: var(--good-ink);
      }
      .said {
        font-size: 12.5px;
      }
    `,
  ];

  @property({ attribute: false }) operands: readonly NamedOperand[] = [];
  @property({ attribute: false }) result: readonly number[] = [];

  protected override render(): TemplateResult {
    return html`${this.#alignment()}
      <div class="said">
        ${this.operands.map((named) => html`<p><tp-text .text=${this.#said(named)}></tp-text></p>`)}
      </div>`;
  }

  /** The shapes in columns, one for each dimension of the result. */
  #alignment(): TemplateResult {
    const { operands, result } = this;
    const words = this.t.broadcast;
    return html`<table class="shapes">
      <caption>
        ${words.aligned}
      </caption>
      <thead>
        <tr>
          <th scope="col"><span class="unseen">${words.operand}</span></th>
          ${result.map((_, dimension) => html`<th scope="col">${this.t.dimension(dimension)}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${operands.map(
          ({ name, operand }) =>
            html`<tr>
              <th scope="row"><tp-text .text=${name}></tp-text></th>
              ${operand.fates.map((fate) => this.#fate(fate))}
            </tr>`,
        )}
        <tr class="result">
          <th scope="row">${words.result}</th>
          ${result.map((size) => html`<td><b>${size}</b></td>`)}
        </tr>
      </tbody>
    </table>`;
  }

  #fate(fate: Fate): TemplateResult {
    const { fates } = this.t.broadcast;
    switch (fate.kind) {
      case "kept":
        return html`<td><b>${fate.size}</b></td>`;
      case "stretched":
        return html`<td class="stretched"><b>1</b><small>${fates.stretched(fate.size)}</small></td>`;
      case "added":
        return html`<td class="added"><b aria-hidden="true">·</b><small>${fates.added(fate.size)}</small></td>`;
      case "along":
      case "summed":
        return html`<td class="product"><b>${fate.size}</b><small>${fates[fate.kind]}</small></td>`;
    }
  }

  /** What became of an operand, as a sentence. */
  #said({ name, operand }: NamedOperand): string {
    const words = this.t.broadcast;
    const changes = operand.fates.flatMap((fate, dimension) =>
      fate.kind === "stretched" || fate.kind === "added" ? [words[fate.kind](dimension, fate.size)] : [],
    );
    const what = changes.length === 0 ? words.kept : changes.join(words.join);
    return words.becomes(name, shapeText(operand.shape), what);
  }
}
