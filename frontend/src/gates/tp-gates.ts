import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";

import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";
import { revealDrawn } from "../ui/reveal.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { isRight } from "./answers.ts";
import { type Asked, type Asking, asksOn, NOTHING_ASKED } from "./asking.ts";
import type { TpGateForm } from "./tp-gate-form.ts";

import "./tp-gate-form.ts";
import "./tp-gate-reveal.ts";

/**
 * The gates of an answer: the one that is asked, the one that was answered just now, or all of them once they were. Sends
 * `tp-ask-again`, `tp-go-on` and `tp-pass-over`, and what is within it sends.
 */
@customElement("tp-gates")
export class TpGates extends TpElement {
  static override styles = [
    base,
    controls,
    forms,
    css`
      :host {
        margin-bottom: 14px;
      }
      section {
        padding: 12px 16px 16px;
        border: 1px solid var(--line-strong);
        border-left: 3px solid var(--accent);
        border-radius: var(--radius);
        background: var(--card);
        color: var(--ink);
      }
      header {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 12px;
        align-items: baseline;
        margin-bottom: 4px;
      }
      h2 {
        color: var(--accent);
      }
      .progress,
      .veil {
        color: var(--muted);
        font-size: 12.5px;
      }
      .veil {
        margin-top: 12px;
      }
      footer {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 14px;
        align-items: center;
        margin-top: 14px;
      }
      .link {
        font: inherit;
        font-size: 13px;
      }
      details > ul {
        display: grid;
        gap: 16px;
        margin: 12px 0 4px;
        padding: 0;
        list-style: none;
      }
      summary {
        color: var(--ink);
        font-size: 13.5px;
      }
      .told:focus {
        outline: none;
      }
      @media print {
        footer,
        .veil {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) asking: Asking = NOTHING_ASKED;
  @query("tp-gate-form") private form!: TpGateForm | null;
  @query(".told") private told!: HTMLElement | null;
  /** Whether the person acted here last, so that the focus has to follow. */
  #acted = false;

  protected override render(): TemplateResult | typeof nothing {
    const { gates, at, phase } = this.asking;
    if (gates.length === 0) return nothing;
    const gate = at === null ? undefined : gates[at];
    if (gate === undefined || at === null) return this.#all();
    const texts = this.t.gates;
    return html`<section role="group" aria-label=${texts.title} @tp-answer=${this.#follow}>
      <header>
        <h2>${texts.title}</h2>
        <span class="progress">${texts.progress(at + 1, gates.length)}</span>
      </header>
      <div aria-live="polite" aria-atomic="true">
        ${phase === "reveals" && gate.given !== null ? this.#revealed(gate, gate.given, at) : nothing}
      </div>
      ${phase === "asks" ? this.#asked(gate) : nothing}
    </section>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("asking") || !this.#acted) return;
    this.#acted = false;
    if (this.form !== null) this.form.focus();
    else this.told?.focus();
    // What is shown of the run has come above it, or has gone.
    revealDrawn(() => this);
  }

  #asked({ gate, source, key }: Asked): TemplateResult {
    const texts = this.t.gates;
    // A form of its own for each gate.
    return html`${keyed(key, html`<tp-gate-form .gate=${gate} .source=${source}></tp-gate-form>`)}
      <p class="veil">
        ${texts.veiled}
        <button
          type="button"
          class="link"
          @click=${() => {
            this.emit("tp-pass-over");
          }}
        >
          ${texts.pass}
        </button>
      </p>`;
  }

  #revealed({ gate }: Asked, given: string, at: number): TemplateResult {
    const texts = this.t.gates;
    return html`<div class="told" tabindex="-1">
        <tp-gate-reveal .gate=${gate} .given=${given}></tp-gate-reveal>
      </div>
      <footer>
        <button
          type="button"
          class="primary"
          @click=${() => {
            this.#follow();
            this.emit("tp-go-on");
          }}
        >
          ${asksOn(this.asking) ? texts.goOn : texts.finish}
        </button>
        ${isRight(gate, given) ? nothing : this.#again(at)}
      </footer>`;
  }

  #again(at: number): TemplateResult {
    return html`<button
      type="button"
      class="secondary"
      @click=${() => {
        this.#follow();
        this.emit("tp-ask-again", at);
      }}
    >
      ${this.asking.gates[at]?.given == null ? this.t.gates.answer : this.t.gates.again}
    </button>`;
  }

  /** All of them with what is right, folded: the results are what counts now. */
  #all(): TemplateResult {
    const texts = this.t.gates;
    const answered = this.asking.gates.filter(({ given }) => given !== null);
    const right = answered.filter(({ gate, given }) => given !== null && isRight(gate, given)).length;
    return html`<section role="group" aria-label=${texts.title}>
      <details>
        <summary class="told">
          ${
            answered.length === 0
              ? texts.skipped(this.asking.gates.length)
              : html`${right === answered.length ? icons.tick : nothing} ${texts.summary(right, answered.length)}`
          }
        </summary>
        <ul>
          ${this.asking.gates.map(
            ({ gate, given }, at) =>
              html`<li>
                <tp-gate-reveal .gate=${gate} .given=${given}></tp-gate-reveal>
                ${given !== null && isRight(gate, given) ? nothing : html`<footer>${this.#again(at)}</footer>`}
              </li>`,
          )}
        </ul>
      </details>
    </section>`;
  }

  readonly #follow = (): void => {
    this.#acted = true;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-gates": TpGates;
  }
}
