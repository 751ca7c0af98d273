import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { Gate } from "../api/schema.ts";
import type { Strings } from "../i18n/index.ts";
import { TpElement } from "../ui/base.ts";
import { base, forms } from "../ui/styles.ts";
import { type Choice, choicesOf } from "./choices.ts";
import { statementLine } from "./place.ts";

import "../ui/tp-prose.ts";

/** A gate's question with the means to answer it. Sends `tp-answer`. */
@customElement("tp-gate-form")
export class TpGateForm extends TpElement {
  static override styles = [
    base,
    forms,
    css`
      .question {
        margin-bottom: 2px;
        color: var(--ink);
        font: 600 15px/1.5 var(--sans);
      }
      .where {
        color: var(--muted);
        font-size: 12.5px;
      }
      form {
        margin-top: 10px;
      }
      fieldset {
        display: grid;
        gap: 6px;
        margin: 0;
        padding: 0;
        border: 0;
      }
      .choice {
        display: flex;
        gap: 9px;
        align-items: baseline;
        padding: 8px 12px;
        border: 1px solid var(--line-strong);
        border-radius: 8px;
        background: var(--card);
        font-size: 14px;
        line-height: 1.45;
        cursor: pointer;
      }
      .choice:hover {
        border-color: var(--accent);
      }
      .choice:has(:checked) {
        border-color: var(--accent);
        background: var(--accent-ground);
      }
      .choice:has(:focus-visible) {
        outline: 2px solid var(--accent);
        outline-offset: 1px;
      }
      .choice input {
        flex: none;
        height: auto;
        margin: 0;
        padding: 0;
        accent-color: var(--action);
        outline: none;
        translate: 0 1px;
      }
      .short {
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 150px), 1fr));
      }
      .written {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 10px;
        align-items: center;
      }
      .written input {
        flex: 0 1 16em;
        min-width: 0;
        font: 14px/1.5 var(--mono);
      }
      .primary {
        margin-top: 10px;
      }
      .hint,
      .failure {
        margin: 0;
      }
    `,
  ];

  @property({ attribute: false }) gate!: Gate;
  /** The program that asks. */
  @property() source = "";
  @state() private given = "";
  @state() private wanting = false;
  @query("input") private first!: HTMLInputElement;

  /** Put the focus on the first means to answer. */
  override focus(): void {
    void this.updateComplete.then(() => {
      this.first.focus();
    });
  }

  protected override render(): TemplateResult {
    const { gate } = this;
    const texts = this.t.gates;
    const choices = choicesOf(gate);
    const line = statementLine(gate, this.source);
    return html`<form @submit=${this.#send}>
      <p class="question" id="question"><tp-prose .text=${questionOf(gate, this.t)}></tp-prose></p>
      <p class="where" id="where">${gate.kind === "raises" ? texts.at(line) : texts.after(line)}</p>
      ${choices === null ? this.#written() : this.#choices(choices)}
      ${this.wanting ? html`<p class="failure" role="alert">${texts.unanswered}</p>` : nothing}
      <button type="submit" class="primary">${texts.predict}</button>
    </form>`;
  }

  #choices(choices: readonly Choice[]): TemplateResult {
    const short = this.gate.kind !== "which";
    return html`<fieldset class=${short ? "short" : ""} aria-labelledby="question">
      ${choices.map(
        ({ given, text }) =>
          html`<label class="choice"
            ><input
              type="radio"
              name="given"
              .value=${given}
              .checked=${this.given === given}
              @change=${() => {
                this.given = given;
                this.wanting = false;
              }} /><span
              ><tp-prose .text=${text === null ? wordsOf(given, this.gate) : this.t.gates[text]}></tp-prose></span
          ></label>`,
      )}
    </fieldset>`;
  }

  #written(): TemplateResult {
    const { shapeHint, valueHint, gradHint } = this.t.gates;
    const hint = { shape: shapeHint, value: valueHint, grad: gradHint }[this.gate.kind as "shape" | "value" | "grad"];
    return html`<div class="written">
      <input
        type="text"
        aria-labelledby="question"
        aria-describedby="hint"
        autocomplete="off"
        autocapitalize="off"
        spellcheck="false"
        .value=${this.given}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) this.given = event.target.value;
          this.wanting = false;
        }}
      />
      <p class="hint" id="hint">${hint}</p>
    </div>`;
  }

  readonly #send = (event: Event): void => {
    event.preventDefault();
    const given = this.given.trim();
    this.wanting = given === "";
    if (this.wanting) this.focus();
    else this.emit("tp-answer", given);
  };
}

/** What a gate asks, in a sentence. */
export function questionOf({ kind, target }: Pick<Gate, "kind" | "target">, { gates }: Strings): string {
  const [one = "", other = ""] = target.split(/[\s,]+/);
  switch (kind) {
    case "which":
      return target;
    case "shares":
      return gates.shares(one, other);
    case "raises":
      return gates.raises;
    case "shape":
    case "dtype":
    case "value":
    case "grad":
      return gates[kind](target);
    case null:
      return "";
  }
}

/** An answer as it is read: code in a code's type. */
function wordsOf(given: string, { kind }: Gate): string {
  return kind === "which" ? given : `\`${given}\``;
}
