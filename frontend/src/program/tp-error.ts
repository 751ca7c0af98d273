import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { CellError } from "../api/schema.ts";
import { called, type Notebook } from "../run/notebook.ts";
import { badges, base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import { type TracebackPart, tracebackParts } from "./traceback.ts";

import "./tp-explanation.ts";
import "../ui/tp-text.ts";

/** The exception that ended a cell, and why it happened. Sends what the fix of its explanation sends. */
@customElement("tp-error")
export class TpError extends TpElement {
  static override styles = [
    base,
    controls,
    badges,
    css`
      /* The code around it keeps its white space. */
      :host {
        white-space: normal;
      }
      .error {
        padding: 8px 12px 10px 14px;
        border-left: 3px solid var(--bad-line);
        background: var(--bad-ground);
        font: 14px/1.45 var(--sans);
      }
      .error.outdated {
        border-left-color: var(--line-strong);
        background: var(--panel);
      }
      .badge {
        white-space: nowrap;
      }
      tp-explanation {
        margin-top: 6px;
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
      /* As wide as there is room, however long its lines: the sentences above wrap at the width of the block. */
      .frames {
        width: 0;
        min-width: 100%;
        margin-top: 6px;
        max-height: 300px;
        overflow: auto;
      }
      pre {
        margin: 0;
        font: inherit;
        white-space: pre;
      }
      .library summary {
        padding-left: 2ch;
        color: var(--muted);
      }
      .library,
      .library pre {
        margin-top: 0;
      }
    `,
  ];

  @property({ attribute: false }) error: CellError | null = null;
  /** The cells that ran. */
  @property({ attribute: false }) cells: Notebook = [];
  /** Whether the code at fault has been edited since. */
  @property({ type: Boolean }) outdated = false;

  protected override render(): TemplateResult | typeof nothing {
    if (this.error === null) return nothing;
    const { type, message, line, cell, traceback, explanation } = this.error;
    return html`<div class="error ${this.outdated ? "outdated" : ""}" role="group" aria-label=${this.t.error}>
      <p class="head">
        <code class="type"><tp-text .text=${type}></tp-text></code>
        ${line === null ? nothing : html`<span class="line">${cell === null ? this.t.errorAt(line) : this.t.errorIn(line, called(this.cells, cell, this.t))}</span>`}
        ${this.outdated ? html`<span class="badge">${this.t.edited}</span>` : nothing}
      </p>
      <p class="message mono"><tp-text .text=${message}></tp-text></p>
      ${
        explanation === null
          ? nothing
          : html`<tp-explanation .explanation=${explanation} .cells=${this.cells}></tp-explanation>`
      }
      ${
        traceback === ""
          ? nothing
          : html`<details>
              <summary>${this.t.traceback}</summary>
              <div class="frames mono" tabindex="0">${tracebackParts(traceback).map((part) => this.#part(part))}</div>
            </details>`
      }
    </div>`;
  }

  /** Consecutive frames of libraries fold: a person looks for those of the program. */
  #part(part: TracebackPart): TemplateResult {
    const text = html`<pre><tp-text .text=${part.text}></tp-text></pre>`;
    if (part.kind === "program") return text;
    return html`<details class="library">
      <summary>${this.t.libraryFrames(part.frames, part.libraries.join(", "))}</summary>
      ${text}
    </details>`;
  }
}
