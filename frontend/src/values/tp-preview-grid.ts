import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { FullValues, SummaryValues } from "../api/schema.ts";
import { base } from "../ui/styles.ts";
import type { Values } from "../api/values.ts";
import { ownShape } from "../numbers/brief.ts";
import { flat, LISTED, shownIndices, shapeText, slice } from "../numbers/grid.ts";
import { deferredOf } from "../run/arrived.ts";
import { isIntegral, statistic, texts } from "../numbers/text.ts";
import { scaleOf, tintStyle } from "../numbers/scale.ts";
import { TpElement } from "../ui/base.ts";
import { height, numel, width } from "./sheets.ts";

import "../ui/tp-text.ts";
import "./tp-missing.ts";

const SIDE = 4;
/** Room for values that are awaited: for about so many characters each. */
const CHARS = { integral: 2, real: 6 };
const SPACE = "\u00a0";

/** Values at a glance: a corner of them as a small table, or their range. Not to be operated. Sends `tp-look`. */
@customElement("tp-preview-grid")
export class TpPreviewGrid extends TpElement {
  static override styles = [
    base,
    css`
      table {
        border-spacing: 2px;
        margin: -2px;
        font: 12px/1.3 var(--mono);
      }
      td {
        padding: 2px 6px;
        border-radius: 3px;
        background: color-mix(in oklab, var(--tone, var(--panel)) var(--share, 0%), var(--panel));
        text-align: right;
        white-space: nowrap;
      }
      td.gap {
        background: none;
        color: var(--muted);
        text-align: center;
      }
      p,
      caption {
        color: var(--muted);
        font: 11.5px/1.5 var(--mono);
        text-align: left;
      }
    `,
  ];

  @property({ attribute: false }) values: Values | null = null;
  /** Of the tensor; null: as the values are nested. */
  @property({ attribute: false }) shape: readonly number[] | null = null;
  @property() dtype = "";

  protected override updated(): void {
    const looked = deferredOf([this.values]);
    if (looked.length > 0) this.emit("tp-look", looked);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { values } = this;
    if (values === null) return nothing;
    switch (values.kind) {
      case "full":
        return this.#table(values);
      case "summary":
        return this.#range(values);
      case "opaque":
        return html`<p><tp-text .text=${values.text}></tp-text></p>`;
      case "awaited":
        return values.missing === null ? this.#room() : html`<tp-missing .why=${values.missing}></tp-missing>`;
    }
  }

  /** Room for values that are awaited. */
  #room(): TemplateResult {
    const shape = this.shape ?? [];
    if (numel(shape) > LISTED) return html`<p aria-hidden="true">${SPACE}<br />${SPACE}<br />${SPACE}</p>`;
    const blank = SPACE.repeat(isIntegral(this.dtype) ? CHARS.integral : CHARS.real);
    return html`<div aria-hidden="true">${this.#grid(shape, () => html`<td>${blank}</td>`)}</div>`;
  }

  #range({ min, max, mean }: SummaryValues): TemplateResult {
    const { statistics } = this.t;
    return html`<p>
      ${statistics.min} ${statistic(min)}<br />${statistics.mean} ${statistic(mean)}<br />${statistics.max}
      ${statistic(max)}
    </p>`;
  }

  #table({ data }: FullValues): TemplateResult {
    const shape = ownShape(data, this.shape);
    const matrix = slice(data, shape, shape.slice(0, -2).fill(0));
    const first = matrix[0] ?? [];
    const all = flat(data, shape);
    if (all.length === 0) return html`<p>${this.t.emptyTensor}</p>`;
    const integral = isIntegral(this.dtype);
    const shown = shownIndices(first.length, SIDE).filter((column) => column !== null);
    const rows = shownIndices(matrix.length, SIDE);
    const elements = rows.flatMap((row) => (row === null ? [] : shown.map((column) => matrix[row]?.[column] ?? "?")));
    const write = texts(elements, integral);
    // All elements make the scale, also those that are left out here: a card shows the same tensor in the same colours.
    const scale = scaleOf(all);
    let known = 0;
    return this.#grid(shape, () => html`<td style=${tintStyle(elements[known] ?? "?", scale)}>${write[known++]}</td>`);
  }

  /** A corner of a matrix, with these cells one after another. */
  #grid(shape: readonly number[], cell: () => TemplateResult): TemplateResult {
    // One row is read as numbers one after another, without the words for a table.
    return html`<table role=${height(shape) > 1 ? nothing : "presentation"}>
      ${
        shape.length > 2
          ? html`<caption>
              [${"0, ".repeat(shape.length - 2)}:, :]
            </caption>`
          : nothing
      }
      <tbody>
        ${shownIndices(height(shape), SIDE).map(
          (row) =>
            html`<tr>
              ${shownIndices(width(shape), SIDE).map((column) =>
                row === null || column === null ? html`<td class="gap">${row === null ? "⋮" : "⋯"}</td>` : cell(),
              )}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

/** The shape of values as text; empty if it is not known. */
export function sizeText(values: Values, shape: readonly number[] | null): string {
  if (values.kind === "full") return shapeText(ownShape(values.data, shape));
  return shape === null ? "" : shapeText(shape);
}
