import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { requiresGrad } from "../timeline/member.ts";
import type { Seen } from "./editor/sights.ts";
import { base } from "../ui/styles.ts";
import { facts } from "../timeline/layouts.ts";
import { alone } from "../values/cards.ts";
import { TpElement } from "../ui/base.ts";
import { proseIn } from "../ui/tp-prose.ts";

import "../ui/tp-text.ts";
import "../values/tp-values.ts";

/** The value that a piece of code had, in a few lines. */
@customElement("tp-value-tooltip")
export class TpValueTooltip extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        white-space: normal;
        max-width: min(520px, 92vw);
        max-height: min(340px, 60vh);
        padding: 7px 10px 9px;
        overflow: auto;
        font: 13px/1.45 var(--sans);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 10px;
        align-items: baseline;
        margin-bottom: 5px;
      }
      .code {
        font-weight: 650;
        overflow-wrap: anywhere;
      }
      .facts {
        color: var(--muted);
        font-size: 12px;
      }
      .plain {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .none {
        color: var(--muted);
      }
    `,
  ];

  @property() code = "";
  @property({ attribute: false }) seen: Seen | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { seen } = this;
    if (seen === null) return nothing;
    return html`<header>
        <code class="code"><tp-text .text=${this.code}></tp-text></code>
        <span class="facts mono">${seen.kind === "plain" ? seen.type : this.#facts(seen)}</span>
      </header>
      ${this.#value(seen)}`;
  }

  #facts({ kind, member }: Exclude<Seen, { kind: "plain" }>): string {
    return kind === "member" && requiresGrad(member) ? `${facts(member)} ∇` : facts(member);
  }

  #value(seen: Seen): TemplateResult {
    switch (seen.kind) {
      case "plain":
        return html`<div class="plain mono"><tp-text .text=${seen.text}></tp-text></div>`;
      case "gradient":
        if (seen.values === null)
          return html`<div class="none">${seen.passed ? proseIn(this.t.gradientNotKept) : this.t.noGradientYet}</div>`;
        return html`<tp-values
          .layers=${[alone(seen.values, "gradient")]}
          .shape=${seen.member.layout.shape}
          .dtype=${seen.member.layout.dtype}
        ></tp-values>`;
      case "member": {
        const { member, values, gradient } = seen;
        const layers = [alone(values), ...(gradient === null ? [] : [alone(gradient, "gradient")])];
        return html`<tp-values
          .layers=${layers}
          .shape=${member.layout.shape}
          .dtype=${member.layout.dtype}
        ></tp-values>`;
      }
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-value-tooltip": TpValueTooltip;
  }
}
