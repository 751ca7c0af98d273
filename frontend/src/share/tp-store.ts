import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { detailOf, faultFrom } from "../api/faults.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { DeskElement } from "./base.ts";
import { keep } from "./snippets.ts";
import type { SharedState } from "./state.ts";

import "../ui/tp-text.ts";

/** The button that has the service store a program: it stores none otherwise. Sends `tp-stored`. */
@customElement("tp-store")
export class TpStore extends DeskElement {
  static override styles = [
    base,
    controls,
    forms,
    css`
      .secondary {
        margin-top: 10px;
      }
    `,
  ];

  @property({ attribute: false }) state: SharedState = { cells: [] };
  /** What the button says. */
  @property() text = "";

  @state() private storing = false;
  @state() private failure: string | null = null;

  protected override render(): TemplateResult {
    return html`<button type="button" class="secondary" ?disabled=${this.storing} @click=${this.#store}>
        ${this.storing ? this.words.storing : this.text}
      </button>
      ${
        this.failure === null
          ? nothing
          : html`<p class="failure" role="alert">${this.words.notStored} <tp-text .text=${this.failure}></tp-text></p>`
      }`;
  }

  readonly #store = async (): Promise<void> => {
    const { state } = this;
    this.storing = true;
    this.failure = null;
    try {
      const { id } = await keep(state);
      this.emit("tp-stored", { id, state });
    } catch (error) {
      this.failure = detailOf(faultFrom(error)) ?? this.t.unreachable;
    } finally {
      this.storing = false;
    }
  };
}
