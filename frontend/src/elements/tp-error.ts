import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { ErrorBody } from "../api/schema.ts";
import { base, controls } from "../styles/shared.ts";
import { TpElement } from "./base.ts";

import "./tp-text.ts";

/** The exception that ended a cell. */
@customElement("tp-error")
export class TpError extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .error {
        padding: 8px 12px 8px 14px;
        background: var(--bad-ground);
        border-radius: 0 0 calc(var(--radius) - 1px) 0;
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 8px;
        align-items: baseline;
        color: var(--bad-ink);
      }
      .type {
        font-weight: 700;
      }
      .line {
        font-size: 12px;
      }
      .message {
        margin-top: 2px;
        color: var(--ink);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      details {
        margin-top: 6px;
      }
      summary {
        color: var(--bad-ink);
      }
      details pre {
        margin-top: 6px;
        max-height: 300px;
        overflow: auto;
        white-space: pre;
      }
    `,
  ];

  @property({ attribute: false }) error: ErrorBody | null = null;

  protected override render(): TemplateResult | typeof nothing {
    if (this.error === null) return nothing;
    const { type, message, line, traceback } = this.error;
    return html`<div class="error">
      <p class="head">
        <code class="type"><tp-text .text=${type}></tp-text></code>
        ${line === null ? nothing : html`<span class="line">${this.t.errorAt(line)}</span>`}
      </p>
      <p class="message mono"><tp-text .text=${message}></tp-text></p>
      ${
        traceback === ""
          ? nothing
          : html`<details>
              <summary>${this.t.traceback}</summary>
              <pre tabindex="0"><tp-text .text=${traceback}></tp-text></pre>
            </details>`
      }
    </div>`;
  }
}
