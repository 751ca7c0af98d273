import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { CellResponse, Display } from "../api/schema.ts";
import type { Notebook } from "../run/notebook.ts";
import type { CellView } from "../run/cell-view.ts";
import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

import "./tp-display.ts";
import "./tp-error.ts";
import "../ui/tp-text.ts";

interface Shown {
  readonly stdout: string;
  readonly stderr: string;
  readonly displays: readonly Display[];
}

/** What one cell printed, returned, displayed and raised. */
@customElement("tp-output")
export class TpOutput extends TpElement {
  static override styles = [
    base,
    css`
      .parts {
        border-top: 1px solid var(--line);
      }
      .before {
        opacity: 0.6;
      }
      .part {
        display: grid;
        grid-template-columns: 40px minmax(0, 1fr);
        align-items: baseline;
        padding: 5px 12px 5px 0;
      }
      .part + .part {
        border-top: 1px dotted var(--line);
      }
      .sign {
        padding-right: 8px;
        color: var(--muted);
        font: 11px/1.6 var(--mono);
        text-align: right;
        user-select: none;
      }
      pre {
        max-height: 320px;
        overflow: auto;
        white-space: pre-wrap;
        overflow-wrap: anywhere;
        tab-size: 8;
      }
      .stderr pre {
        color: var(--gradient-ink);
      }
      .notrun {
        padding: 6px 12px 6px 40px;
        color: var(--muted);
        font-size: 12.5px;
      }
    `,
  ];

  /** All cells of the program. */
  @property({ attribute: false }) cells: Notebook = [];
  @property({ attribute: false }) view: CellView = { kind: "empty" };

  protected override render(): TemplateResult | typeof nothing {
    switch (this.view.kind) {
      case "empty":
        return nothing;
      case "waiting":
        return this.view.before === null ? nothing : this.#body(this.view.before, true);
      case "running":
        if (isSilent(this.view)) return this.view.before === null ? nothing : this.#body(this.view.before, true);
        return html`<div class="parts">${this.#shown(this.view)}</div>`;
      case "ended":
        return this.#body(this.view.body, this.view.edited);
    }
  }

  #body(body: CellResponse, before: boolean): TemplateResult | typeof nothing {
    if (body.status === "not_run") return html`<p class="parts notrun">${this.t.notRun}</p>`;
    // An error with a line in this cell is shown in the code.
    const unplaced = body.error !== null && (body.error.line === null || body.error.cell !== null);
    const parts = [
      this.#shown(body),
      body.result === null ? nothing : this.#text("result", this.t.result, "→", body.result.text),
      unplaced ? html`<tp-error .error=${body.error} .cells=${this.cells}></tp-error>` : nothing,
    ];
    if (isSilent(body) && body.result === null && !unplaced) return nothing;
    return html`<div class="parts ${before ? "before" : ""}">${parts}</div>`;
  }

  #shown({ stdout, stderr, displays }: Shown): (TemplateResult | TemplateResult[] | typeof nothing)[] {
    // Those before a display that takes their place are seen at their steps.
    const first = displays.findLastIndex(({ clears }) => clears);
    return [
      stdout === "" ? nothing : this.#text("stdout", this.t.stdout, "⋮", stdout),
      stderr === "" ? nothing : this.#text("stderr", this.t.stderr, "!", stderr),
      displays.slice(Math.max(first, 0)).map((display) => html`<tp-display .display=${display}></tp-display>`),
    ];
  }

  #text(kind: string, label: string, sign: string, text: string): TemplateResult {
    return html`<div class="part ${kind}" role="group" aria-label=${label}>
      <span class="sign" aria-hidden="true" title=${label}>${sign}</span>
      <pre tabindex="0"><tp-text .text=${text.replace(/\n$/, "")}></tp-text></pre>
    </div>`;
  }
}

function isSilent({ stdout, stderr, displays }: Shown): boolean {
  return stdout + stderr === "" && displays.length === 0;
}
