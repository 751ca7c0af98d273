import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Gate } from "../api/schema.ts";
import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";
import { base, controls } from "../ui/styles.ts";
import { isRight, remark, rightAnswer } from "./answers.ts";
import { answerText } from "./choices.ts";
import "../navigation/events.ts";
import { questionOf } from "./tp-gate-form.ts";

import "../ui/tp-prose.ts";

/**
 * What a person answered to a gate, if anything, beside what the run says, and why. Sends `tp-step`, and
 * `tp-view` where another view shows it best.
 */
@customElement("tp-gate-reveal")
export class TpGateReveal extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .question {
        color: var(--soft);
        font: 600 14px/1.5 var(--sans);
      }
      .verdict {
        display: flex;
        gap: 6px;
        align-items: center;
        margin-top: 8px;
        color: var(--good-ink);
        font-weight: 650;
      }
      .missed .verdict {
        color: var(--bad-ink);
      }
      dl {
        display: grid;
        grid-template-columns: repeat(auto-fit, minmax(min(100%, 210px), 1fr));
        gap: 8px;
        margin: 8px 0 0;
      }
      dl div {
        padding: 7px 12px 9px;
        border-radius: 8px;
        background: var(--good-ground);
        overflow-wrap: anywhere;
      }
      dl .wrong {
        background: var(--bad-ground);
      }
      dt {
        color: var(--soft);
        font-size: 12px;
      }
      dd {
        margin: 0;
        font-size: 14px;
        line-height: 1.5;
      }
      .because {
        max-width: 65ch;
        margin-top: 8px;
        font-size: 14px;
        line-height: 1.6;
      }
      .link {
        margin-top: 8px;
        font: inherit;
      }
    `,
  ];

  @property({ attribute: false }) gate!: Gate;
  /** Null: the person passed the gate over. */
  @property({ attribute: false }) given: string | null = null;

  protected override render(): TemplateResult {
    const { gate, given } = this;
    const texts = this.t.gates;
    const right = given !== null && isRight(gate, given);
    const said = given === null ? null : remark(gate, given);
    return html`<div class=${right ? "right" : "missed"}>
      <p class="question"><tp-prose .text=${questionOf(gate, this.t)}></tp-prose></p>
      ${
        given === null
          ? nothing
          : html`<p class="verdict">${right ? icons.tick : icons.close} ${right ? texts.right : texts.missed}</p>`
      }
      <dl>
        ${
          given === null
            ? nothing
            : html`<div class=${right ? "" : "wrong"}>
                <dt>${texts.youSaid}</dt>
                <dd><tp-prose .text=${answerText(gate, given, texts)}></tp-prose></dd>
              </div>`
        }
        ${
          right && gate.kind === "which"
            ? nothing
            : html`<div>
                <dt>${gate.kind === "which" ? texts.trueIs : texts.runSays}</dt>
                <dd><tp-prose .text=${answerText(gate, rightAnswer(gate), texts)}></tp-prose></dd>
              </div>`
        }
      </dl>
      ${said === null ? nothing : html`<p class="because"><tp-prose .text=${said}></tp-prose></p>`}
      ${gate.because === "" ? nothing : html`<p class="because"><tp-prose .text=${gate.because}></tp-prose></p>`}
      ${
        gate.step === null
          ? nothing
          : html`<button
              type="button"
              class="link"
              @click=${() => {
                if (gate.kind === "shares") this.emit("tp-view", "memory");
                this.emit("tp-step", gate.step);
              }}
            >
              ${texts.showMe}
            </button>`
      }
    </div>`;
  }
}
