import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { pathTo } from "../address.ts";
import type { About } from "../api/schema.ts";
import { shelf } from "../progress/shelf.ts";
import { base, controls } from "../ui/styles.ts";
import { DeskElement } from "../share/base.ts";
import * as icons from "../ui/icons.ts";

import "../ui/tp-appearance.ts";
import "./tp-about.ts";

/**
 * The top of the page: what this is, what can be done with the program, what it runs on, and how it is to look. Sends
 * `tp-examples`, `tp-share`, `tp-clear` and `tp-tour`.
 */
@customElement("tp-header")
export class TpHeader extends DeskElement {
  static override styles = [
    base,
    controls,
    css`
      .bar {
        display: flex;
        gap: 8px;
        align-items: center;
        height: 46px;
        padding: 0 12px;
        border-bottom: 1px solid var(--line);
        background: var(--card);
      }
      h1 {
        display: flex;
        gap: 8px;
        align-items: center;
        margin: 0;
        font-size: 16px;
        font-weight: 700;
        letter-spacing: -0.01em;
      }
      .tagline {
        margin-left: 4px;
        overflow: hidden;
        color: var(--muted);
        font-size: 12.5px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .space {
        flex: 1;
      }
      .actions {
        display: flex;
        gap: 6px;
      }
      .action {
        display: flex;
        gap: 6px;
        align-items: center;
        justify-content: center;
        min-width: 30px;
        height: 28px;
        padding: 0 10px;
        border: 1px solid var(--line);
        border-radius: 999px;
        background: var(--card);
        color: var(--soft);
        font-size: 12.5px;
        white-space: nowrap;
        cursor: pointer;
      }
      .course {
        text-decoration: none;
      }
      .action:hover {
        border-color: var(--line-strong);
        color: var(--ink);
      }
      .action svg {
        width: 14px;
        height: 14px;
      }
      .round {
        width: 28px;
        height: 28px;
        border-color: var(--line);
        border-radius: 999px;
      }
      @media (max-width: 1100px) {
        .tagline {
          display: none;
        }
      }
      @media print {
        .bar > :not(h1, .tagline) {
          display: none;
        }
      }
      @media (max-width: 760px) {
        .action {
          padding: 0 6px;
        }
        .action span {
          display: none;
        }
      }
      @media (max-width: 480px) {
        .bar {
          gap: 4px;
          padding: 0 6px;
        }
        .actions {
          gap: 4px;
        }
        .action {
          min-width: 28px;
          padding: 0 4px;
        }
        /* The logo stands for the name, and the gallery begins with an empty program. */
        h1 span {
          position: absolute;
          width: 1px;
          height: 1px;
          overflow: hidden;
          clip-path: inset(50%);
        }
        .action.clear {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) about: Partial<About> | null = null;

  protected override render(): TemplateResult {
    return html`<div class="bar">
      <h1>${icons.logo} <span>Tensorpad</span></h1>
      <span class="tagline">${this.t.tagline}</span>
      <span class="space"></span>
      <a
        class="action course"
        href=${pathTo("learn") + location.search}
        title=${shelf.begun ? this.words.courseOn : this.words.course}
        >${icons.book}<span>${this.words.course}</span></a
      >
      <div class="actions" role="group" aria-label=${this.t.program}>
        ${this.#action("tp-examples", icons.gallery, this.words.examples)}
        ${this.#action("tp-share", icons.share, this.words.share)}
        ${this.#action("tp-clear", icons.bin, this.words.clear)}
      </div>
      <tp-about .about=${this.about}></tp-about>
      <button
        type="button"
        class="tool round"
        title=${this.words.tourStart}
        aria-label=${this.words.tourStart}
        @click=${() => {
          this.emit("tp-tour");
        }}
      >
        ${icons.help}
      </button>
      <tp-appearance></tp-appearance>
    </div>`;
  }

  #action(event: "tp-examples" | "tp-share" | "tp-clear", icon: TemplateResult, text: string): TemplateResult {
    const clears = event === "tp-clear";
    return html`<button
      type="button"
      class="action ${clears ? "clear" : ""}"
      title=${text}
      aria-label=${text}
      @click=${() => {
        this.emit(event);
      }}
    >
      ${icon}${clears ? nothing : html`<span>${text}</span>`}
    </button>`;
  }
}
