import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Notebook } from "../run/notebook.ts";
import { faultText } from "../ui/text/fault.ts";
import * as icons from "../ui/icons.ts";
import { base } from "../ui/styles.ts";
import { LearnElement } from "./base.ts";
import type { Verdict } from "./check.ts";

import "../program/tp-error.ts";
import "../ui/tp-prose.ts";

/** What came of checking a person's program. */
@customElement("tp-verdict")
export class TpVerdict extends LearnElement {
  static override styles = [
    base,
    css`
      .verdict {
        margin-top: 10px;
        padding: 10px 14px;
        border-left: 3px solid var(--bad-line);
        border-radius: 0 var(--radius) var(--radius) 0;
        background: var(--bad-ground);
        font: 14.5px/1.55 var(--sans);
      }
      .verdict.passed {
        border-left-color: var(--good-ink);
        background: var(--good-ground);
      }
      .said {
        display: flex;
        gap: 6px;
        align-items: center;
        font-weight: 650;
      }
      .passed .said {
        color: var(--good-ink);
      }
      p + p {
        margin-top: 4px;
      }
    `,
  ];

  @property({ attribute: false }) verdict: Verdict | null = null;
  @property({ type: Boolean }) busy = false;
  /** What the author says of this very program. */
  @property() because: string | null = null;
  @property({ attribute: false }) cells: Notebook = [];

  protected override render(): TemplateResult {
    return html`<div role="status" aria-busy=${this.busy ? "true" : "false"}>
      ${this.busy ? html`<p class="unseen">${this.words.checking}</p>` : this.verdict === null ? nothing : this.#told(this.verdict)}
    </div>`;
  }

  #told(verdict: Verdict): TemplateResult {
    const { passed, failed, failedOwn, notChecked } = this.words;
    switch (verdict.kind) {
      case "passed":
        return html`<div class="verdict passed"><p class="said">${icons.tick} ${passed}</p></div>`;
      case "failed":
        return html`<div class="verdict">
          <p class="said">${icons.close} ${failed}</p>
          <p><tp-prose .text=${verdict.message}></tp-prose></p>
          ${this.because === null ? nothing : html`<p><tp-prose .text=${this.because}></tp-prose></p>`}
        </div>`;
      case "broken":
        return html`<div class="verdict">
          <p class="said">${icons.close} ${failedOwn}</p>
          ${
            verdict.error === null
              ? html`<p>${verdict.message}</p>`
              : html`<tp-error .error=${verdict.error} .cells=${this.cells}></tp-error>`
          }
          ${this.because === null ? nothing : html`<p><tp-prose .text=${this.because}></tp-prose></p>`}
        </div>`;
      case "unanswered":
        return html`<div class="verdict">
          <p class="said">${notChecked}</p>
          <p>${faultText(verdict.fault, this.t, navigator.onLine)}</p>
        </div>`;
    }
  }
}
