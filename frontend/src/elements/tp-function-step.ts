import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { AccumulationBody, HookBody } from "../api/schema.ts";
import { badges, base } from "../styles/shared.ts";
import { arrivals, type Flow, flows, type Operand } from "../timeline/flows.ts";
import { type FunctionStep, gradientAt } from "../timeline/passes.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { TpElement } from "./base.ts";
import { stepLook } from "./tp-step.styles.ts";

import "./tp-figure.ts";
import "./tp-text.ts";

/** A backward function that the engine ran: what came in, by which formula what went out along each edge, or what `.grad` took up. */
@customElement("tp-function-step")
export class TpFunctionStep extends TpElement {
  static override styles = [base, badges, stepLook];

  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) place = 0;
  @property({ attribute: false }) ran!: FunctionStep;

  protected override render(): TemplateResult {
    const { run } = this.ran;
    const operation = this.timeline.operation(run.operation);
    return html`<div class="what">
        <h3><tp-text .text=${run.name}></tp-text><span class="badge gradient">${this.t.stepKinds.function}</span></h3>
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

  #hook({ kind, name, before, after }: HookBody): TemplateResult {
    const { pass } = this.ran;
    return html`<p class="note">
        ${this.t.hookKinds[kind]} <code><tp-text .text=${name}></tp-text></code>
      </p>
      <div class="row">
        ${before.map((place, index) => {
          const [from, to] = [gradientAt(pass, place), gradientAt(pass, after[index])];
          if (from === null) return nothing;
          return html`<tp-figure tone="gradient" .of=${this.t.beforeHook} .values=${from}></tp-figure> ${
              to === null || after[index] === place
                ? nothing
                : html`<span class="sign" aria-hidden="true">→</span>
                    <tp-figure tone="gradient" .of=${this.t.afterHook} .values=${to}></tp-figure>`
            }`;
        })}
      </div>`;
  }

  #flows(): TemplateResult {
    const sent = flows(this.timeline, this.ran);
    const arrived = arrivals(this.ran);
    if (sent.length === 0)
      return html`${arrived.map(
          (values) => html`<tp-figure tone="gradient" .of=${this.t.gradientIn} .values=${values}></tp-figure>`,
        )}
        <p class="note">${this.t.noFurther}</p>`;
    return html`${sent.map((flow) => this.#flow(flow))}`;
  }

  #flow(flow: Flow): TemplateResult {
    const { formula, operands, sent, tensor } = flow;
    return html`<div class="row">
      ${arrivals(this.ran).map(
        (values) =>
          html`<tp-figure tone="gradient" .name=${"grad"} .of=${this.t.gradientIn} .values=${values}></tp-figure>`,
      )}
      ${operands.map((operand) => this.#operand(operand))}
      <span class="sign" aria-hidden="true">→</span>
      <tp-figure
        tone="gradient"
        .name=${tensor === null ? null : (this.timeline.nameOf(tensor, this.place) ?? this.t.unnamed)}
        .tensor=${tensor}
        .of=${this.t.gradientOut}
        .values=${sent}
      ></tp-figure>
      ${formula === null ? nothing : html`<code class="note"><tp-text .text=${formula.text}></tp-text></code>`}
    </div>`;
  }

  #operand({ name, tensor, values, text }: Operand): TemplateResult {
    if (values === null) return html`<tp-figure .name=${name} .values=${{ kind: "opaque", text }}></tp-figure>`;
    const own = tensor === null ? null : this.timeline.nameOf(tensor, this.place);
    return html`<tp-figure
      .name=${name}
      .of=${own === null ? "" : `= ${own}`}
      .tensor=${tensor}
      .values=${values}
    ></tp-figure>`;
  }

  #accumulation({ tensor, before, added, after }: AccumulationBody): TemplateResult {
    const { pass } = this.ran;
    const owner = tensor === null ? this.t.leaf : (this.timeline.nameOf(tensor, this.place) ?? this.t.unnamed);
    const [was, more, now] = [before, added, after].map((place) => gradientAt(pass, place));
    return html`<div class="row">
      ${
        was === null || was === undefined
          ? html`<p class="note">
              <code><tp-text .text=${`${owner}.grad`}></tp-text></code> ${this.t.wasEmpty}
            </p>`
          : html`<tp-figure
              tone="gradient"
              .name=${`${owner}.grad`}
              .of=${this.t.beforeStep}
              .values=${was}
            ></tp-figure>`
      }
      <span class="sign" aria-hidden="true">+</span>
      <tp-figure tone="gradient" .of=${this.t.added} .values=${more ?? null}></tp-figure>
      <span class="sign" aria-hidden="true">=</span>
      <tp-figure
        tone="fresh"
        .name=${`${owner}.grad`}
        .tensor=${tensor}
        .of=${this.t.nowIs}
        .values=${now ?? null}
      ></tp-figure>
    </div>`;
  }
}
