import { css, html, nothing, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { TpElement } from "./base.ts";
import { parts } from "./parts.ts";
import { base, controls } from "./styles.ts";

/** Says that a part of the page could not be loaded, and lets a person try again. It shows nothing as long as all is well. */
@customElement("tp-unloaded")
export class TpUnloaded extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      p {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 10px;
        align-items: baseline;
        padding: 7px 12px;
        border-bottom: 1px solid var(--bad-line);
        background: var(--card);
        color: var(--ink);
        font-size: 13px;
      }
    `,
  ];

  readonly #changed = (): void => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    parts.addEventListener("change", this.#changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    parts.removeEventListener("change", this.#changed);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!parts.missing) return nothing;
    return html`<p role="alert">
      ${this.t.unloaded}
      <button
        type="button"
        class="link"
        @click=${() => {
          void parts.retry();
        }}
      >
        ${this.t.loadAgain}
      </button>
    </p>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-unloaded": TpUnloaded;
  }
}
