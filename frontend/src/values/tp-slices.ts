import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

/** Chooses a matrix of a tensor: a slider for each dimension before the last two. Sends `tp-leading`. */
@customElement("tp-slices")
export class TpSlices extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 14px;
        align-items: center;
        color: var(--muted);
        font: 11px/1.6 var(--mono);
      }
      label {
        display: flex;
        gap: 6px;
        align-items: center;
      }
      input {
        width: 92px;
        height: 20px;
        margin: 0;
        accent-color: var(--action);
      }
      output {
        color: var(--ink);
      }
    `,
  ];

  @property({ attribute: false }) shape: readonly number[] = [];
  @property({ attribute: false }) leading: readonly number[] = [];

  protected override render(): TemplateResult {
    return html`<div role="group" aria-label=${this.t.slice}>
      <output>[${[...this.leading, ":", ":"].join(", ")}]</output>
      ${this.leading.map((index, dimension) =>
        // A single slice leaves nothing to choose.
        this.shape[dimension] === 1
          ? nothing
          : html`<label>
              dim ${dimension}
              <input
                type="range"
                min="0"
                max=${(this.shape[dimension] ?? 1) - 1}
                .value=${String(index)}
                aria-label=${this.t.index(dimension)}
                @input=${(event: Event) => {
                  if (!(event.target instanceof HTMLInputElement)) return;
                  this.emit("tp-leading", this.leading.with(dimension, event.target.valueAsNumber));
                }}
              />
              ${index}/${(this.shape[dimension] ?? 1) - 1}
            </label>`,
      )}
    </div>`;
  }
}
