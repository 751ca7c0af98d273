import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";

/** How long a toast stays that leaves by itself, once nothing holds it. */
const STAYS_MS = 10_000;

/**
 * What has happened, and (`action`) the way back. With `passing` it leaves by itself, but not while it is pointed at or has the
 * focus. Sends `tp-toast-action`, `tp-toast-closed` when a person closes it, and `tp-toast-left` when it leaves.
 */
@customElement("tp-toast")
export class TpToast extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .toast {
        position: fixed;
        z-index: 4;
        bottom: 100px;
        left: 50%;
        display: flex;
        gap: 4px 14px;
        align-items: center;
        width: max-content;
        max-width: calc(100vw - 24px);
        padding: 8px 8px 8px 16px;
        border-radius: 12px;
        background: light-dark(#1b2330, #e7ecf3);
        color: light-dark(#fff, #12161d);
        font-size: 13.5px;
        box-shadow: 0 8px 30px rgb(0 0 0 / 30%);
        translate: -50%;
        animation: rise 0.2s ease-out;
      }
      @keyframes rise {
        from {
          opacity: 0;
        }
      }
      /* Beside the timeline, where there is room. */
      @media (min-width: 1000px) {
        .toast {
          bottom: 16px;
          left: 16px;
          max-width: calc(36vw - 32px);
          translate: none;
        }
      }
      .act {
        min-height: 28px;
        padding: 0 6px;
        border: 0;
        background: none;
        color: light-dark(#a9caff, #1f55a8);
        font-weight: 650;
        white-space: nowrap;
        cursor: pointer;
      }
      .act:hover {
        text-decoration: underline;
      }
      .tool {
        color: inherit;
      }
      :focus-visible {
        outline-color: currentColor;
      }
    `,
  ];

  @property() text: string | null = null;
  @property() action: string | null = null;
  @property({ type: Boolean }) passing = false;

  #timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("text") || changed.has("action") || changed.has("passing")) this.#wait();
  }

  /** Leave after a while. Whoever points at it, or has come to it by keyboard, may still want it. */
  #wait(): void {
    clearTimeout(this.#timer);
    if (this.text === null || !this.passing) return;
    this.#timer = setTimeout(() => {
      if (this.matches(":hover, :focus-within")) this.#wait();
      else this.emit("tp-toast-left");
    }, STAYS_MS);
  }

  protected override render(): TemplateResult {
    return html`<div aria-live="polite" aria-atomic="true">
      ${this.text === null ? nothing : this.#toast(this.text)}
    </div>`;
  }

  #toast(text: string): TemplateResult {
    return html`<div class="toast" role="group" aria-label=${text}>
      <span>${text}</span>
      ${
        this.action === null
          ? nothing
          : html`<button
              type="button"
              class="act"
              @click=${() => {
                this.emit("tp-toast-action");
              }}
            >
              ${this.action}
            </button>`
      }
      <button
        type="button"
        class="tool"
        title=${this.t.dismiss}
        aria-label=${this.t.dismiss}
        @click=${() => {
          this.emit("tp-toast-closed");
        }}
      >
        ${icons.close}
      </button>
    </div>`;
  }
}
