import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { FullValuesBody } from "../api/schema.ts";
import type { Values } from "../values/bodies.ts";
import { flat, leadings, places, shapeText, slice } from "../values/grid.ts";
import { magnitude, texts } from "../values/numbers.ts";
import { base, controls } from "../styles/shared.ts";
import { TpElement } from "./base.ts";

import "./tp-matrix.ts";
import "./tp-summary.ts";
import "./tp-text.ts";

const SIDE = 9;
/** So many slices and elements of a three-dimensional tensor are shown at once; more are chosen from. */
const STACKED = { slices: 4, elements: 64 };

/** The elements of a tensor or of its gradient. */
@customElement("tp-values")
export class TpValues extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .slices {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
      }
      .slices figure {
        min-width: 0;
        margin: 0;
      }
      figcaption,
      .choose {
        color: var(--muted);
        font: 11px/1.6 var(--mono);
      }
      .choose {
        display: flex;
        flex-wrap: wrap;
        gap: 4px;
        align-items: center;
        margin-bottom: 4px;
      }
      .link {
        font-size: 11.5px;
      }
      .none {
        color: var(--muted);
      }
      pre {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) values: Values = { kind: "opaque", text: "" };
  @property({ attribute: false }) shape: readonly number[] = [];
  @property() dtype = "";

  @state() private leading: readonly number[] = [];
  @state() private whole = false;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("shape")) this.leading = this.shape.slice(0, -2).map(() => 0);
  }

  protected override render(): TemplateResult {
    switch (this.values.kind) {
      case "full":
        return this.#full(this.values);
      case "summary":
        return html`<tp-summary
          .values=${this.values}
          .shape=${this.shape}
          .integral=${this.#integral()}
        ></tp-summary>`;
      case "opaque":
        return html`<pre><tp-text .text=${this.values.text}></tp-text></pre>`;
    }
  }

  #full(values: FullValuesBody): TemplateResult {
    const elements = flat(values.data, this.shape);
    if (elements.length === 0) return html`<p class="none">${this.t.emptyTensor}</p>`;
    const write = texts(elements, this.#integral());
    const largest = elements.reduce<number>((found, element) => Math.max(found, Math.abs(magnitude(element) ?? 0)), 0);
    const slices = leadings(this.shape);
    const stacked = this.shape.length <= 3 && slices.length <= STACKED.slices && elements.length <= STACKED.elements;
    const shown = stacked ? slices : [this.leading];
    return html`${this.shape.length > 2 && !stacked ? this.#choice() : nothing}
      <div class="slices">
        ${shown.map((leading) => this.#slice(values, leading, write, largest, stacked && this.shape.length > 2))}
      </div>
      ${Math.max(...this.shape.slice(-2)) > SIDE ? this.#expander() : nothing}`;
  }

  #slice(
    values: FullValuesBody,
    leading: readonly number[],
    write: readonly string[],
    largest: number,
    captioned: boolean,
  ): TemplateResult {
    const matrix = slice(values.data, this.shape, leading);
    const height = this.shape.length > 1 ? (this.shape.at(-2) ?? 1) : 1;
    const width = this.shape.at(-1) ?? 1;
    const start = leading.reduce((sum, index, place) => sum * (this.shape[place] ?? 1) + index, 0) * height * width;
    const most = this.whole ? Infinity : SIDE;
    const rows = places(height, most);
    const columns = places(width, most);
    const known = (side: readonly (number | null)[]): number[] => side.filter((place) => place !== null);
    const index = [...leading, ":", ":"].join(", ");
    return html`<figure>
      ${captioned ? html`<figcaption>[${index}]</figcaption>` : nothing}
      <tp-matrix
        .matrix=${known(rows).map((row) => known(columns).map((column) => matrix[row]?.[column] ?? "?"))}
        .texts=${known(rows).map((row) => known(columns).map((column) => write[start + row * width + column] ?? "?"))}
        .rows=${rows}
        .columns=${columns}
        .largest=${largest}
        .dimensions=${this.shape.length}
        .label=${this.t.matrixLabel(shapeText(this.shape))}
      ></tp-matrix>
    </figure>`;
  }

  #choice(): TemplateResult {
    return html`<div class="choose">
      [${this.shape.slice(0, -2).map(
        (size, dimension) =>
          html`<select
              aria-label=${this.t.index(dimension)}
              @change=${(event: Event) => {
                if (!(event.target instanceof HTMLSelectElement)) return;
                this.leading = this.leading.with(dimension, event.target.selectedIndex);
              }}
            >
              ${Array.from(
                { length: size },
                (_, index) => html`<option ?selected=${index === this.leading[dimension]}>${index}</option>`,
              )}</select
            >,`,
      )}
      :, :]
    </div>`;
  }

  #expander(): TemplateResult {
    return html`<button
      type="button"
      class="link"
      aria-expanded=${this.whole ? "true" : "false"}
      @click=${() => {
        this.whole = !this.whole;
      }}
    >
      ${this.whole ? this.t.showLess : this.t.showAll}
    </button>`;
  }

  #integral(): boolean {
    return /int|bool|long|short/.test(this.dtype);
  }
}
