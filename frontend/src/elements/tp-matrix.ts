import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Matrix } from "../values/grid.ts";
import { magnitude } from "../values/numbers.ts";
import { base } from "../styles/shared.ts";
import { TpElement } from "./base.ts";

/** A matrix of numbers as a table; each cell's colour says its sign and size beside the largest. */
@customElement("tp-matrix")
export class TpMatrix extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        overflow-x: auto;
      }
      table {
        border-spacing: 2px;
        font: 12.5px/1.35 var(--mono);
      }
      th {
        padding: 0 4px;
        color: var(--muted);
        font-size: 10px;
        font-weight: 400;
      }
      td {
        min-width: 30px;
        padding: 3px 7px;
        border-radius: 4px;
        background: color-mix(in oklab, var(--tone, var(--panel)) var(--share, 0%), var(--panel));
        color: var(--ink);
        text-align: right;
        white-space: nowrap;
      }
      td.odd {
        outline: 1px dashed var(--line-strong);
        outline-offset: -1px;
      }
      td.gap {
        background: none;
        color: var(--muted);
        text-align: center;
      }
    `,
  ];

  /** The known elements, and the texts that show them. */
  @property({ attribute: false }) matrix: Matrix = [];
  @property({ attribute: false }) texts: readonly (readonly string[])[] = [];
  /** Where each known row and column stands in the tensor; null for a gap, which has no elements. */
  @property({ attribute: false }) rows: readonly (number | null)[] = [];
  @property({ attribute: false }) columns: readonly (number | null)[] = [];
  /** The size that is coloured most. */
  @property({ type: Number }) largest = 1;
  @property() label = "";
  /** Dimensions of the tensor: a scalar has no indices to show, a vector only one row of them. */
  @property({ type: Number }) dimensions = 2;

  protected override render(): TemplateResult {
    return html`<div tabindex="0" role="group" aria-label=${this.label}>
      <table>
        ${
          this.dimensions === 0
            ? nothing
            : html`<thead>
                <tr>
                  ${this.dimensions > 1 ? html`<td class="gap"></td>` : nothing}
                  ${this.columns.map((column) => html`<th scope="col">${column ?? "⋯"}</th>`)}
                </tr>
              </thead>`
        }
        <tbody>
          ${this.#body()}
        </tbody>
      </table>
    </div>`;
  }

  #body(): TemplateResult[] {
    let known = 0;
    return this.rows.map((row) => {
      const place = row === null ? null : known++;
      return html`<tr>
        ${this.dimensions > 1 ? html`<th scope="row">${row ?? "⋮"}</th>` : nothing}${this.#row(place)}
      </tr>`;
    });
  }

  #row(row: number | null): TemplateResult[] {
    let known = 0;
    return this.columns.map((column) => {
      if (column === null) return html`<td class="gap">${row === null ? "⋱" : "⋯"}</td>`;
      const place = known++;
      if (row === null) return html`<td class="gap">⋮</td>`;
      return this.#cell(row, place);
    });
  }

  #cell(row: number, column: number): TemplateResult {
    const element = this.matrix[row]?.[column] ?? "?";
    const size = magnitude(element);
    const text = this.texts[row]?.[column] ?? "?";
    if (size === null) return html`<td class=${typeof element === "string" ? "odd" : nothing}>${text}</td>`;
    const share = this.largest > 0 ? Math.round((52 * Math.min(Math.abs(size), this.largest)) / this.largest) : 0;
    const tone = size < 0 ? "negative" : "positive";
    return html`<td style="--tone: var(--${tone}); --share: ${share}%">${text}</td>`;
  }
}
