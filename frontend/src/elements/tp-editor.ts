import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { Editor } from "../editor/editor.ts";
import type { Marks } from "../editor/marks.ts";
import { base } from "../styles/shared.ts";
import { TpElement } from "./base.ts";

const NO_MARKS: Marks = { error: null, lit: null };

/** The code of one cell. Shows it plainly until the editor has loaded. Sends `tp-edit` with the code and `tp-run`. */
@customElement("tp-editor")
export class TpEditor extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        min-height: 36px;
      }
      pre {
        padding: 8px 12px 8px 40px;
        font-size: 13px;
        line-height: 1.55;
        white-space: pre-wrap;
      }
    `,
  ];

  @property() code = "";
  @property({ type: Number }) number = 1;
  @property({ attribute: false }) marks: Marks = NO_MARKS;

  @state() private loaded = false;
  @query("#place") private place!: HTMLElement;

  #editor: Editor | null = null;
  #focusWanted = false;

  protected override render(): TemplateResult {
    return html`<div id="place">${this.loaded ? null : html`<pre>${this.code}</pre>`}</div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#editor?.destroy();
    this.#editor = null;
    this.loaded = false;
  }

  protected override firstUpdated(): void {
    void this.#load();
  }

  async #load(): Promise<void> {
    const { Editor } = await import("../editor/editor.ts");
    if (!this.isConnected || this.#editor !== null) return;
    this.loaded = true;
    await this.updateComplete;
    this.#editor = new Editor({
      parent: this.place,
      root: this.shadowRoot ?? this.attachShadow({ mode: "open" }),
      code: this.code,
      onEdit: (code) => {
        this.emit("tp-edit", code);
      },
      onRun: () => {
        this.emit("tp-run");
      },
    });
    this.#pass();
    if (this.#focusWanted) this.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("code") && this.#editor !== null) this.#editor.code = this.code;
    this.#pass();
  }

  #pass(): void {
    if (this.#editor === null) return;
    this.#editor.words = { label: this.t.code(this.number), hint: this.t.codeHint };
    this.#editor.marks = this.marks;
  }

  override focus(): void {
    this.#focusWanted = this.#editor === null;
    this.#editor?.focus();
  }
}
