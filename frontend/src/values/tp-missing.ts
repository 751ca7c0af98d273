import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Missing } from "../api/values.ts";
import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

/** Why values have not come, where they would be. Sends `tp-again` to have them all the same. */
@customElement("tp-missing")
export class TpMissing extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      p {
        max-width: 26em;
        color: var(--muted);
        font: 12px/1.45 var(--sans);
        white-space: normal;
      }
    `,
  ];

  @property() why: Missing = "gone";

  protected override render(): TemplateResult {
    return html`<p>
      ${this.t.missing[this.why]}
      <button
        type="button"
        class="link"
        @click=${() => {
          this.emit("tp-again");
        }}
      >
        ${this.why === "gone" ? this.t.runAgain : this.t.askAgain}
      </button>
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-missing": TpMissing;
  }
}
