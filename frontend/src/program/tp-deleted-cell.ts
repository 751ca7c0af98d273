import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";

/** The way back for a deleted cell, shown in its stead. Sends `tp-restore` and `tp-dismiss`. */
@customElement("tp-deleted-cell")
export class TpDeletedCell extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      div {
        display: flex;
        gap: 12px;
        align-items: center;
        padding: 4px 6px 4px 12px;
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius);
        color: var(--muted);
        font-size: 12.5px;
      }
      .link {
        font-weight: 600;
      }
      .tool {
        margin-left: auto;
      }
    `,
  ];

  @property({ type: Number }) number = 1;

  protected override render(): TemplateResult {
    return html`<div role="group" aria-label=${this.t.deletedCell(this.number)}>
      <span>${this.t.deletedCell(this.number)}</span>
      <button
        type="button"
        class="link"
        @click=${() => {
          this.emit("tp-restore");
        }}
      >
        ${this.t.undo}
      </button>
      <button
        type="button"
        class="tool"
        title=${this.t.dismiss}
        aria-label=${this.t.dismiss}
        @click=${() => {
          this.emit("tp-dismiss");
        }}
      >
        ${icons.close}
      </button>
    </div>`;
  }

  override focus(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(".link")?.focus();
    });
  }
}
