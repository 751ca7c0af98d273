import { css, html, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import { base, controls } from "./styles.ts";
import { TpElement } from "./base.ts";
import * as icons from "./icons.ts";

/** A dialog over the page, open as long as it is in the document. Sends `tp-closed`. */
@customElement("tp-dialog")
export class TpDialog extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      dialog {
        display: flex;
        flex-direction: column;
        width: min(var(--dialog-width, 640px), calc(100vw - 24px));
        max-width: none;
        max-height: min(760px, calc(91vh - 16px));
        max-height: min(760px, calc(91dvh - 16px));
        /* From the top, so that the head stays where it is whatever is below it. */
        margin-top: clamp(16px, 9vh, 90px);
        padding: 0;
        overflow: hidden;
        border: 1px solid var(--line-strong);
        border-radius: 14px;
        background: var(--card);
        color: var(--ink);
        box-shadow: 0 18px 60px rgb(0 0 0 / 35%);
      }
      dialog::backdrop {
        background: rgb(10 15 25 / 45%);
      }
      .head {
        display: flex;
        gap: 10px;
        align-items: center;
        padding: 12px 12px 8px 20px;
      }
      h2 {
        flex: 1;
        color: var(--ink);
        font-size: 17px;
        font-weight: 700;
        letter-spacing: -0.01em;
      }
      h2:focus {
        outline: none;
      }
      .tool {
        width: 32px;
        height: 32px;
        border-radius: 999px;
      }
      .body {
        min-height: 0;
        padding: 0 20px 20px;
        overflow-y: auto;
        overscroll-behavior: contain;
      }
      @media (max-width: 480px) {
        .head {
          padding-left: 16px;
        }
        .body {
          padding-inline: 16px;
        }
      }
    `,
  ];

  @property() heading = "";
  @query("dialog") private dialog!: HTMLDialogElement;

  protected override render(): TemplateResult {
    return html`<dialog
      aria-labelledby="heading"
      @close=${() => {
        this.emit("tp-closed");
      }}
      @click=${this.#outside}
    >
      <div class="head">
        <h2 id="heading" tabindex="-1" autofocus>${this.heading}</h2>
        <button
          type="button"
          class="tool"
          title=${this.t.close}
          aria-label=${this.t.close}
          @click=${() => {
            this.close();
          }}
        >
          ${icons.close}
        </button>
      </div>
      <div class="body"><slot></slot></div>
    </dialog>`;
  }

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  /** Close it; the focus goes back to where it was. */
  close(): void {
    this.dialog.close();
  }

  /** A click on the backdrop has the dialog itself as its target. */
  #outside(event: MouseEvent): void {
    if (event.target !== this.dialog) return;
    const { left, right, top, bottom } = this.dialog.getBoundingClientRect();
    const inside = event.clientX >= left && event.clientX <= right && event.clientY >= top && event.clientY <= bottom;
    if (!inside) this.close();
  }
}
