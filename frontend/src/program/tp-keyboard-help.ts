import { css, html, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { chord, MAC } from "../platform.ts";
import { preferences } from "../preferences.ts";
import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";

/** The keys of the editor and of the timeline, and the choice of what Tab does. */
@customElement("tp-keyboard-help")
export class TpKeyboardHelp extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      [popover] {
        width: min(430px, calc(100vw - 24px));
        max-height: calc(100vh - 24px);
        padding: 14px 16px;
        overflow: auto;
        border: 1px solid var(--line-strong);
        border-radius: 10px;
        background: var(--card);
        color: var(--ink);
        box-shadow: 0 8px 30px rgb(0 0 0 / 22%);
      }
      h2 {
        margin: 0 0 8px;
        color: var(--ink);
        font-size: 13px;
      }
      dl {
        display: grid;
        grid-template-columns: max-content minmax(0, 1fr);
        gap: 7px 14px;
        margin: 0 0 12px;
        font-size: 12.5px;
      }
      dt {
        text-align: right;
      }
      dd {
        margin: 0;
        color: var(--soft);
      }
      kbd {
        padding: 1px 6px;
        border: 1px solid var(--line-strong);
        border-bottom-width: 2px;
        border-radius: 4px;
        background: var(--panel);
        font: 11px/1.5 var(--sans);
        white-space: nowrap;
      }
      label {
        display: flex;
        gap: 8px;
        align-items: baseline;
        padding-top: 10px;
        border-top: 1px solid var(--line);
        font-size: 12.5px;
      }
    `,
  ];

  @state() private tab = preferences.tab;

  protected override render(): TemplateResult {
    const { t } = this;
    return html`<button type="button" class="tool" popovertarget="keys" title=${t.keysAbout} aria-label=${t.keysAbout}>
        ${icons.keyboard}
      </button>
      <div id="keys" popover="auto">
        <h2>${t.keysAbout}</h2>
        <dl>
          ${this.#row(["Mod-Enter"], t.keyRun)} ${this.#row(["Shift-Enter"], t.keyRunOn)}
          ${this.#row(["Ctrl-Space"], t.keyComplete)} ${this.#row([MAC ? "Mod-I" : "Ctrl-I"], t.keySelect)}
          ${this.#row(["Mod-Z"], t.keyUndo)} ${this.#row(["Mod-/"], t.keyComment)} ${this.#row(["Tab"], t.keyIndent)}
          ${this.#row(["Escape", "Tab"], t.keyLeave)}
        </dl>
        <h2>${t.keysSteps}</h2>
        <dl>
          ${this.#row(["← →"], t.keyStep)} ${this.#row(["Shift-← →"], t.keyOver)} ${this.#row(["Shift-↓"], t.keyInto)}
          ${this.#row(["Shift-↑"], t.keyOut)}
        </dl>
        <label>
          <input
            type="checkbox"
            .checked=${this.tab === "moves"}
            @change=${(event: Event) => {
              if (!(event.target instanceof HTMLInputElement)) return;
              this.tab = event.target.checked ? "moves" : "indents";
              preferences.choose({ tab: this.tab });
            }}
          />
          ${t.tabMoves}
        </label>
      </div>`;
  }

  #row(keys: readonly string[], text: string): TemplateResult {
    const [first = "", second] = keys;
    const after = second === undefined ? "" : html` ${this.t.then} <kbd>${chord(second)}</kbd>`;
    return html`<dt><kbd>${chord(first)}</kbd>${after}</dt>
      <dd>${text}</dd>`;
  }
}
