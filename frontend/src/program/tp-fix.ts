import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Fix } from "../api/schema.ts";
import { called, type Notebook } from "../run/notebook.ts";
import { type DiffLine, preview, type Preview } from "./editor/fixes.ts";
import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import { proseIn } from "../ui/tp-prose.ts";

import "../ui/tp-text.ts";

/** A change that repairs a problem, as lines removed and added. Sends `tp-fix` to have it made. */
@customElement("tp-fix")
export class TpFix extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        white-space: normal;
      }
      .fix {
        width: fit-content;
        max-width: 100%;
        overflow: hidden;
        border: 1px solid var(--line-strong);
        border-radius: 6px;
        background: var(--card);
      }
      .head {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 12px;
        align-items: center;
        justify-content: space-between;
        padding: 4px 4px 4px 10px;
        font: 12.5px/1.4 var(--sans);
        white-space: normal;
      }
      .head code {
        font-size: 12px;
        overflow-wrap: anywhere;
      }
      .where {
        color: var(--muted);
      }
      .apply {
        display: var(--fix-button, inline-block);
        padding: 2px 12px;
        border: 1px solid transparent;
        border-radius: 6px;
        background: var(--action);
        color: var(--action-ink);
        font: 600 12.5px/22px var(--sans);
        cursor: pointer;
      }
      .apply:hover {
        background: var(--action-hover);
      }
      pre {
        overflow-x: auto;
        border-top: 1px solid var(--line);
        white-space: pre;
      }
      del,
      ins {
        display: block;
        width: max-content;
        min-width: 100%;
        padding: 1px 12px 1px 0;
        text-decoration: none;
      }
      del {
        background: var(--bad-ground);
      }
      ins {
        background: var(--good-ground);
      }
      .sign {
        display: inline-block;
        width: 26px;
        text-align: center;
        user-select: none;
      }
      del .sign {
        color: var(--bad-ink);
      }
      ins .sign {
        color: var(--good-ink);
      }
      mark {
        border-radius: 2px;
        background: none;
        color: inherit;
        font-weight: 700;
      }
      del mark {
        box-shadow: inset 0 -2px var(--bad-line);
      }
      ins mark {
        box-shadow: inset 0 -2px var(--good-ink);
      }
    `,
  ];

  @property({ attribute: false }) fix: Fix | null = null;
  /** The cells that ran. */
  @property({ attribute: false }) cells: Notebook = [];

  protected override render(): TemplateResult | typeof nothing {
    const { fix } = this;
    const shown = fix === null ? null : preview(this.cells[fix.span.cell]?.code ?? "", fix);
    if (fix === null || shown === null) return nothing;
    return html`<div class="fix" role="group" aria-label=${this.t.fix}>
      <div class="head">
        <span>
          ${proseIn(fix.description)}
          <span class="where">${this.t.sourceLine(called(this.cells, fix.span.cell, this.t), shown.line)}</span>
        </span>
        <button
          type="button"
          class="apply"
          title=${this.t.applyFixAbout}
          @click=${() => {
            this.emit("tp-fix", fix);
          }}
        >
          ${this.t.applyFix}
        </button>
      </div>
      ${this.#lines(shown)}
    </div>`;
  }

  #lines({ removed, added }: Preview): TemplateResult {
    const line = ({ head, changed, tail }: DiffLine): TemplateResult =>
      html`${head}${changed === "" ? nothing : html`<mark>${changed}</mark>`}${tail}`;
    return html`<pre tabindex="0" aria-label=${this.t.fixLines}>
${removed.map(
        (removal) => html`<del><span class="sign" aria-hidden="true">−</span>${line(removal)}</del>`,
      )}${added.map((addition) => html`<ins><span class="sign" aria-hidden="true">+</span>${line(addition)}</ins>`)}</pre>`;
  }
}
