import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { AccumulationRecord, HookRecord } from "../api/schema.ts";
import { askingOnce, isKnown, questionOf, startOf } from "../derivation/answers.ts";
import { Inquirer } from "../derivation/inquiry.ts";
import { locale } from "../i18n/index.ts";
import { badges, base, controls } from "../ui/styles.ts";
import { arrivals, flows } from "../timeline/flows.ts";
import type { FunctionStep } from "../timeline/passes.ts";
import { faultText } from "../ui/text/fault.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";
import { shapeAt } from "./naming.ts";
import { stepLook } from "./tp-step.styles.ts";

import "../values/tp-preview.ts";
import "./tp-gradient-flow.ts";
import "../ui/tp-text.ts";

/** A backward function that the engine ran: what came in, by what factor and formula what went out along each edge, or what `.grad` took up. */
@customElement("tp-function-step")
export class TpFunctionStep extends TpElement {
  static override styles = [base, controls, badges, stepLook];

  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) index = 0;
  @property({ attribute: false }) ran!: FunctionStep;
  /** The source of the program that the timeline is of. */
  @property({ attribute: false }) cells: readonly string[] = [];
  /** Whether the step is only passed on the way. The program is not run again for it, unless a person wishes so. */
  @property({ type: Boolean }) passing = false;
  #asked = "";
  readonly #inquirer = new Inquirer(() => {
    this.requestUpdate();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#inquirer.forget();
    this.#asked = "";
  }

  protected override willUpdate(): void {
    const { response } = this.timeline;
    const start = this.ran.run.next.every((next) => next === null) ? null : startOf(response, this.ran.pass);
    const question = start === null ? "" : JSON.stringify([response.id, start, locale.lang]);
    if (question === this.#asked) return;
    const asks = start === null ? null : questionOf(this.cells, locale.lang, start);
    // A recording has the answers that it has, and runs nothing.
    const waits = import.meta.env.MODE !== "player" && this.passing && asks !== null && !isKnown(response, asks);
    this.#asked = waits ? "" : question;
    if (asks === null || waits) this.#inquirer.forget();
    else void this.#inquirer.ask(asks, askingOnce(response));
  }

  protected override render(): TemplateResult {
    const { run } = this.ran;
    const operation = this.timeline.operation(run.operation);
    return html`<div class="what">
        <h2><tp-text .text=${run.name}></tp-text> <span class="badge gradient">${this.t.stepKinds.function}</span></h2>
        ${
          operation === null
            ? nothing
            : html`<p class="doc">
                ${this.t.wayBackThrough}
                <code><tp-text .text=${operation.expression ?? operation.name}></tp-text></code>
              </p>`
        }
        ${run.hooks.map((hook) => this.#hook(hook))}
        ${run.frees ? html`<p class="note">${this.t.freesSaved}</p>` : nothing}
      </div>
      <div class="data">${run.accumulation === null ? this.#flows() : this.#accumulation(run.accumulation)}</div>`;
  }

  /** The shape of what arrived; null if it is not known. */
  get #shape(): readonly number[] | null {
    const { run } = this.ran;
    return shapeAt(this.timeline, run.accumulation?.tensor ?? run.tensor, this.index);
  }

  #hook({ kind, name, before, after }: HookRecord): TemplateResult {
    const { pass } = this.ran;
    const left = before.length > 0 && before.every((index, i) => index === after[i]);
    return html`<p class="note">
        ${this.t.hookKinds[kind]} <code><tp-text .text=${name}></tp-text></code> ${left ? this.t.hookLeft : nothing}
      </p>
      <div class="row">
        ${before.map((index, i) => {
          const [from, to] = [this.timeline.gradientIn(pass, index), this.timeline.gradientIn(pass, after[i])];
          if (left || from === null) return nothing;
          return html`<tp-preview
              tone="gradient"
              .of=${this.t.beforeHook}
              .values=${from}
              .shape=${this.#shape}
            ></tp-preview>
            ${
              to === null || after[i] === index
                ? nothing
                : html`<span class="sign" aria-hidden="true">→</span>
                    <tp-preview
                      tone="gradient"
                      .of=${this.t.afterHook}
                      .values=${to}
                      .shape=${this.#shape}
                    ></tp-preview>`
            }`;
        })}
      </div>`;
  }

  #flows(): TemplateResult {
    const sent = flows(this.timeline, this.ran);
    const arrived = arrivals(this.timeline, this.ran);
    if (sent.length === 0)
      return html`${arrived.map(
          (values) =>
            html`<tp-preview
              tone="gradient"
              .of=${this.t.gradientIn}
              .values=${values}
              .shape=${this.#shape}
            ></tp-preview>`,
        )}
        <p class="note">${this.t.noFurther}</p>`;
    const { state } = this.#inquirer;
    return html`${sent.map(
      (flow) =>
        html`<tp-gradient-flow
          class="row"
          .timeline=${this.timeline}
          .index=${this.index}
          .ran=${this.ran}
          .flow=${flow}
          .derivation=${state.kind === "answered" ? state.answer.derivation : null}
        ></tp-gradient-flow>`,
    )}
    ${this.#unknown()}`;
  }

  /** Why the local derivatives are not known. */
  #unknown(): TemplateResult | typeof nothing {
    const { state } = this.#inquirer;
    switch (state.kind) {
      case "idle":
        return import.meta.env.MODE !== "player" &&
          this.passing &&
          startOf(this.timeline.response, this.ran.pass) !== null
          ? html`<button type="button" class="link" @click=${this.#ask}>${this.t.flow.ask}</button>`
          : nothing;
      case "asked":
        return html`<p class="note">${this.t.flow.asking}</p>`;
      case "answered": {
        const { derivation, message } = state.answer;
        const text = derivation === null ? message : derivation.text;
        return text === null ? nothing : html`<p class="note"><tp-text .text=${text}></tp-text></p>`;
      }
      case "failed":
        return html`<p class="note">
          ${this.t.flow.failed} <tp-text .text=${faultText(state.fault, this.t, navigator.onLine)}></tp-text>
          <button type="button" class="link" @click=${this.#ask}>${this.t.derivation.again}</button>
        </p>`;
    }
  }

  readonly #ask = (): void => {
    this.#asked = "";
    this.passing = false;
    this.requestUpdate();
  };

  #accumulation({ tensor, before, added, after }: AccumulationRecord): TemplateResult {
    const { pass } = this.ran;
    const owner = tensor === null ? this.t.leaf : (this.timeline.nameOf(tensor, this.index) ?? this.t.unnamed);
    const [was, more, now] = [before, added, after].map((index) => this.timeline.gradientIn(pass, index));
    return html`<div class="row">
      ${
        was === null || was === undefined
          ? html`<p class="note">
              <code><tp-text .text=${`${owner}.grad`}></tp-text></code> ${this.t.wasEmpty}
            </p>`
          : html`<tp-preview
              tone="gradient"
              .name=${`${owner}.grad`}
              .of=${this.t.beforeStep}
              .values=${was}
              .shape=${this.#shape}
            ></tp-preview>`
      }
      <span class="sign" aria-hidden="true">+</span>
      <tp-preview tone="gradient" .of=${this.t.added} .values=${more ?? null} .shape=${this.#shape}></tp-preview>
      <span class="sign" aria-hidden="true">=</span>
      <tp-preview
        tone="fresh"
        .name=${`${owner}.grad`}
        .tensor=${tensor}
        .of=${this.t.nowIs}
        .values=${now ?? null}
        .shape=${this.#shape}
      ></tp-preview>
    </div>`;
  }
}
