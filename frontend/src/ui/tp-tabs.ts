import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { base } from "./styles.ts";
import { TpElement } from "./base.ts";

import "./tp-text.ts";

/** One tab: its id, and what it says. */
export interface Tab {
  readonly id: string;
  readonly text: string;
}

/**
 * A row of tabs after the ARIA pattern: arrow keys, Home and End move among them. Sends `tp-tab` with the id of the chosen.
 *
 * The panel is the page's: it has the id `panel`, in the shadow root of the tabs' host, and is named after the tab that is shown.
 */
@customElement("tp-tabs")
export class TpTabs extends TpElement {
  static override styles = [
    base,
    css`
      [role="tablist"] {
        display: flex;
        flex-wrap: var(--tabs-wrap, wrap);
        gap: 2px;
        position: relative;
        /* Room for the ring of the focus, which what scrolls would cut off. */
        margin: -3px;
        padding: 3px;
        overflow-x: auto;
        scrollbar-width: thin;
      }
      [role="tab"] {
        flex: none;
        max-width: 16em;
        padding: 2px 10px;
        overflow: hidden;
        border: 1px solid transparent;
        border-radius: 999px;
        background: none;
        color: var(--soft);
        font: 12.5px/20px var(--tab-font, var(--sans));
        text-overflow: ellipsis;
        cursor: pointer;
      }
      [role="tab"]:hover {
        background: var(--operation-ground);
      }
      [role="tab"][aria-selected="true"] {
        border-color: var(--line-strong);
        background: var(--card);
        color: var(--ink);
        font-weight: 650;
      }
      @media print {
        [role="tablist"] {
          margin: 0;
          overflow: visible;
        }
        [role="tab"]:not([aria-selected="true"]) {
          display: none;
        }
      }
      @media (pointer: coarse) {
        [role="tab"] {
          padding-block: 7px;
        }
      }
    `,
  ];

  @property({ attribute: false }) tabs: readonly Tab[] = [];
  @property() shown = "";
  /** What the tabs choose among, for those who do not see them. */
  @property() label = "";

  protected override render(): TemplateResult {
    return html`<div role="tablist" aria-label=${this.label} @keydown=${this.#key}>
      ${this.tabs.map(
        ({ id, text }) =>
          html`<button
            type="button"
            role="tab"
            data-tab=${id}
            aria-selected=${id === this.shown ? "true" : "false"}
            tabindex=${id === this.shown ? 0 : -1}
            @click=${() => {
              this.emit("tp-tab", id);
            }}
          >
            <tp-text .text=${text}></tp-text>
          </button>`,
      )}
    </div>`;
  }

  protected override updated(): void {
    // What the tabs say is drawn after them.
    requestAnimationFrame(() => {
      this.#reveal();
    });
  }

  /** Only the row scrolls for the tab that is shown, never the page. */
  #reveal(): void {
    const tab = this.renderRoot.querySelector<HTMLElement>("[aria-selected='true']");
    const row = tab?.parentElement;
    if (tab === null || row === null || row === undefined) return;
    const [left, right] = [tab.offsetLeft, tab.offsetLeft + tab.offsetWidth];
    if (left < row.scrollLeft) row.scrollLeft = left;
    else if (right > row.scrollLeft + row.clientWidth) row.scrollLeft = right - row.clientWidth;
  }

  #key(event: KeyboardEvent): void {
    const now = Math.max(
      0,
      this.tabs.findIndex(({ id }) => id === this.shown),
    );
    const targets: Readonly<Record<string, number>> = {
      ArrowLeft: now - 1,
      ArrowRight: now + 1,
      Home: 0,
      End: this.tabs.length - 1,
    };
    const to = targets[event.key];
    const next = to === undefined ? undefined : this.tabs[(to + this.tabs.length) % this.tabs.length];
    if (next === undefined) return;
    event.preventDefault();
    this.emit("tp-tab", next.id);
    this.renderRoot.querySelector<HTMLElement>(`[data-tab="${CSS.escape(next.id)}"]`)?.focus();
  }
}
