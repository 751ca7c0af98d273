import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { base, controls, forms } from "../ui/styles.ts";
import { DeskElement } from "./base.ts";
import * as icons from "../ui/icons.ts";

type Outcome = "none" | "copied" | "selected";

/** A text to copy, with the button that does it. */
@customElement("tp-copy")
export class TpCopy extends DeskElement {
  static override styles = [
    base,
    controls,
    forms,
    css`
      .row {
        display: flex;
        gap: 8px;
        align-items: flex-start;
      }
      input,
      textarea {
        flex: 1;
        min-width: 0;
        font: 12px/1.5 var(--mono);
      }
      textarea {
        height: 86px;
        padding-block: 6px;
        resize: vertical;
        word-break: break-all;
      }
      .primary {
        min-width: 92px;
      }
      @media (max-width: 480px) {
        :host([long]) .row {
          display: grid;
        }
      }
    `,
  ];

  @property() text = "";
  @property() label = "";
  @property({ type: Boolean, reflect: true }) long = false;
  @state() private outcome: Outcome = "none";
  @query("input, textarea") private field!: HTMLInputElement | HTMLTextAreaElement;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("text")) this.outcome = "none";
  }

  protected override render(): TemplateResult {
    const told = { none: "", copied: this.words.copied, selected: this.words.copyByHand }[this.outcome];
    return html`<div class="row">
        ${
          this.long
            ? html`<textarea readonly aria-label=${this.label} .value=${this.text} @focus=${this.#select}></textarea>`
            : html`<input readonly aria-label=${this.label} .value=${this.text} @focus=${this.#select} />`
        }
        <button type="button" class="primary" ?disabled=${this.text === ""} @click=${this.#copy}>
          ${this.outcome === "copied" ? icons.tick : icons.copy}
          ${this.outcome === "copied" ? this.words.copied : this.words.copy}
        </button>
      </div>
      <p class=${this.outcome === "selected" ? "hint" : "unseen"} aria-live="polite" aria-atomic="true">
        ${told === "" ? nothing : told}
      </p>`;
  }

  readonly #select = (): void => {
    this.field.select();
  };

  readonly #copy = async (): Promise<void> => {
    // A page that came over plain HTTP has no clipboard.
    const clipboard = navigator.clipboard as Clipboard | undefined;
    try {
      if (clipboard === undefined) throw new DOMException("no clipboard", "NotAllowedError");
      await clipboard.writeText(this.text);
      this.outcome = "copied";
    } catch {
      this.field.focus();
      this.field.select();
      this.outcome = "selected";
    }
  };
}
