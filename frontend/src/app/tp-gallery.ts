import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import type { GalleryChoice } from "./events.ts";
import { EXAMPLES } from "./examples/catalogue.ts";
import { type Example, program } from "./examples/example.ts";
import { locale } from "../i18n/index.ts";
import type { SharedState } from "../share/state.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import { DeskElement } from "../share/base.ts";
import type { TpDialog } from "../ui/tp-dialog.ts";

import "../ui/tp-dialog.ts";

/** The dialog with programs to begin with. Sends `tp-chosen`, `tp-clear`, `tp-file` and `tp-closed`. */
@customElement("tp-gallery")
export class TpGallery extends DeskElement {
  static override styles = [
    base,
    controls,
    forms,
    css`
      :host {
        --dialog-width: 880px;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 250px), 1fr));
        gap: 10px;
        margin: 14px 0 0;
        padding: 0;
        list-style: none;
      }
      li button {
        display: grid;
        align-content: start;
        gap: 4px;
        width: 100%;
        height: 100%;
        padding: 12px 14px 13px;
        border: 1px solid var(--line);
        border-radius: 10px;
        background: var(--panel);
        text-align: left;
        cursor: pointer;
      }
      li button:hover {
        border-color: var(--accent);
        background: var(--accent-ground);
      }
      b {
        font-size: 14px;
        font-weight: 650;
      }
      button span {
        color: var(--muted);
        font-size: 12.5px;
        line-height: 1.5;
      }
      .earlier button {
        border-style: dashed;
        border-color: var(--line-strong);
      }
      .earlier code {
        overflow: hidden;
        color: var(--soft);
        font-size: 11.5px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  /** The program that made room for another. */
  @property({ attribute: false }) earlier: SharedState | null = null;

  @query("input") private file!: HTMLInputElement;
  @query("tp-dialog") private dialog!: TpDialog;

  protected override render(): TemplateResult {
    return html`<tp-dialog .heading=${this.words.examples}>
      <p class="hint">${this.words.examplesAbout}</p>
      <ul>
        <li>
          <button
            type="button"
            @click=${() => {
              this.dialog.close();
              this.emit("tp-clear");
            }}
          >
            <b>${this.words.empty}</b> <span>${this.words.emptyAbout}</span>
          </button>
        </li>
        <li>
          <button
            type="button"
            @click=${() => {
              this.file.click();
            }}
          >
            <b>${this.words.fromFile}</b> <span>${this.words.fromFileAbout}</span>
          </button>
          <input type="file" accept=".ipynb,.py" hidden aria-label=${this.words.fromFile} @change=${this.#take} />
        </li>
        ${this.earlier === null ? nothing : this.#earlier(this.earlier)}
        ${EXAMPLES.map((example) => this.#example(example))}
      </ul>
    </tp-dialog>`;
  }

  readonly #take = (): void => {
    const file = this.file.files?.[0];
    if (file === undefined) return;
    this.dialog.close();
    this.emit("tp-file", file);
  };

  #choose(choice: GalleryChoice): void {
    this.dialog.close();
    this.emit("tp-chosen", choice);
  }

  #example(example: Example): TemplateResult {
    const { lang } = locale;
    const state = {
      cells: program(example, lang),
      ...(example.view === undefined ? {} : { view: example.view }),
    };
    return html`<li>
      <button
        type="button"
        @click=${() => {
          this.#choose({ title: example.title[lang], state });
        }}
      >
        <b>${example.title[lang]}</b> <span>${example.sentence[lang]}</span>
      </button>
    </li>`;
  }

  #earlier(state: SharedState): TemplateResult {
    const first =
      state.cells
        .join("\n")
        .split("\n")
        .find((line) => line.trim() !== "") ?? "";
    return html`<li class="earlier">
      <button
        type="button"
        @click=${() => {
          this.#choose({ title: null, state });
        }}
      >
        <b>${this.words.earlier}</b> <span>${this.words.earlierAbout(state.cells.length)}</span>
        <code>${visible(first)}</code>
      </button>
    </li>`;
  }
}
