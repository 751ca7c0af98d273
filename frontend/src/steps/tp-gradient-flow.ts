import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Derivation, InputFormula } from "../api/schema.ts";
import { type Factor, factors } from "../derivation/factors.ts";
import { base } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import { arrivals, type Flow, type FormulaOperand } from "../timeline/flows.ts";
import type { FunctionStep } from "../timeline/passes.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { brief } from "../numbers/brief.ts";
import type { Values } from "../api/values.ts";
import { TpElement } from "../ui/base.ts";
import { shapeAt } from "./naming.ts";

import "../values/tp-preview.ts";
import "../derivation/tp-math.ts";
import "../ui/tp-text.ts";

/**
 * One edge of a backward function: gradient in × local derivative = gradient out, in numbers, and the formula that torch has for
 * it; if the local derivative is not known, the values of the formula instead.
 */
@customElement("tp-gradient-flow")
export class TpGradientFlow extends TpElement {
  static override styles = [
    base,
    css`
      :host,
      div {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 10px;
        align-items: center;
        min-width: 0;
      }
      .sign,
      .note {
        color: var(--muted);
      }
      .sign {
        font-size: 15px;
      }
      div {
        flex-basis: 100%;
      }
      .legend {
        margin-left: 10px;
        font-size: 12px;
      }
      .note {
        font-size: 12.5px;
        line-height: 1.45;
      }
    `,
  ];

  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) index = 0;
  @property({ attribute: false }) ran!: FunctionStep;
  @property({ attribute: false }) flow!: Flow;
  @property({ attribute: false }) derivation: Derivation | null = null;

  protected override render(): TemplateResult {
    const { derivation, flow, ran } = this;
    const known = derivation === null ? null : factors(this.timeline, derivation, ran, flow.edge);
    return html`${known === null ? this.#formulaAlone() : this.#product(known)}
    ${flow.formula === null ? nothing : this.#formula(flow.formula)}`;
  }

  #product(terms: readonly Factor[]): TemplateResult {
    const { flow } = this.t;
    const { sent } = this.flow;
    const told = terms.map(({ arrived, local }) => flow.term(brief(arrived), brief(local)));
    return html`<div role="group" aria-label=${flow.product(told, brief(sent), visible(this.#name ?? ""))}>
        ${terms.map(
          ({ arrived, local, formula }, at) =>
            html`${at === 0 ? nothing : this.#sign("+")}
              <tp-preview tone="gradient" .of=${this.t.gradientIn} .values=${arrived}></tp-preview>
              ${this.#sign("×")}
              <tp-preview .name=${formula?.text ?? null} .of=${this.t.localDerivative} .values=${local}></tp-preview>`,
        )}
        ${this.#sign("=")} ${this.#sent()}
      </div>
      ${[...new Set(terms.map(({ kind }) => flow.kinds[kind]))].map((text) => html`<p class="note">${text}</p>`)}`;
  }

  #formulaAlone(): TemplateResult {
    return html`<div>
      ${arrivals(this.timeline, this.ran).map(
        (values) =>
          html`<tp-preview
            tone="gradient"
            .name=${"grad"}
            .of=${this.t.gradientIn}
            .values=${values}
            .shape=${shapeAt(this.timeline, this.ran.run.tensor, this.index)}
          ></tp-preview>`,
      )}
      ${this.flow.operands.map((operand) => this.#operand(operand))} ${this.#sign("→")} ${this.#sent()}
    </div>`;
  }

  /** The formula as on paper, if possible, with torch's own text as its title and for screen readers. */
  #formula({ latex, text }: InputFormula): TemplateResult {
    return html`<p class="note">
      ${this.t.gradientOut} =
      ${
        latex === null
          ? html`<code><tp-text .text=${text}></tp-text></code>`
          : html`<tp-math .latex=${latex} .text=${text}></tp-math>`
      }
      ${this.#legend()}
    </p>`;
  }

  /** What the program calls the names of the formula. */
  #legend(): TemplateResult | typeof nothing {
    const named = this.flow.operands.flatMap(({ name, tensor, text }) => {
      const own = tensor === null ? text : (this.timeline.nameOf(tensor, this.index) ?? this.t.unnamed);
      return own === name ? [] : [`${name} = ${own}`];
    });
    return named.length === 0
      ? nothing
      : html`<span class="legend mono"><tp-text .text=${named.join(", ")}></tp-text></span>`;
  }

  #operand({ name, tensor, values, text }: FormulaOperand): TemplateResult {
    if (values === null) {
      const opaque: Values = { kind: "opaque", text };
      return html`<tp-preview .name=${name} .values=${opaque}></tp-preview>`;
    }
    const own = tensor === null ? null : this.timeline.nameOf(tensor, this.index);
    return html`<tp-preview
      .name=${name}
      .of=${own === null ? "" : `= ${own}`}
      .tensor=${tensor}
      .values=${values}
      .shape=${shapeAt(this.timeline, tensor, this.index)}
    ></tp-preview>`;
  }

  #sent(): TemplateResult {
    return html`<tp-preview
      tone="gradient"
      .name=${this.#name}
      .tensor=${this.flow.tensor}
      .of=${this.t.gradientOut}
      .values=${this.flow.sent}
      .shape=${shapeAt(this.timeline, this.flow.tensor, this.index)}
    ></tp-preview>`;
  }

  #sign(sign: string): TemplateResult {
    return html`<span class="sign" aria-hidden="true">${sign}</span>`;
  }

  /** Of the tensor whose gradient went along the edge. */
  get #name(): string | null {
    const { tensor } = this.flow;
    return tensor === null ? null : (this.timeline.nameOf(tensor, this.index) ?? this.t.unnamed);
  }
}
