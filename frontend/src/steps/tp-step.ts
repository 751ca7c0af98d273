import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Step } from "../api/schema.ts";
import { base } from "../ui/styles.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";

import "./tp-call-step.ts";
import "./tp-function-step.ts";
import "./tp-operation-step.ts";

/** The details of the stop that has a step. Sends `tp-target` for the tensors that a person points at. */
@customElement("tp-step")
export class TpStep extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        background: var(--ground);
      }
      section:focus-visible {
        outline-offset: -2px;
      }
      section {
        min-height: 100%;
      }
    `,
  ];

  @property({ attribute: false }) timeline: Timeline | null = null;
  @property({ attribute: false }) step: number | null = null;
  /** The source of the program that the timeline is of. */
  @property({ attribute: false }) cells: readonly string[] = [];
  /** Whether the step is only passed on the way: nothing is to be run for it. */
  @property({ type: Boolean }) passing = false;

  protected override render(): TemplateResult | typeof nothing {
    const { timeline } = this;
    const stop = timeline?.stops[timeline.stopOf(this.step)];
    const step = timeline?.at(stop?.step ?? null) ?? null;
    if (timeline === null || stop === undefined || step === null) return nothing;
    return html`<section tabindex="0" role="group" aria-label=${this.t.stepDetails}>
      ${this.#of(timeline, stop.step, step)}
    </section>`;
  }

  #of(timeline: Timeline, index: number, step: Step): TemplateResult {
    const ran = timeline.functions.get(index);
    if (ran !== undefined)
      return html`<tp-function-step
        .timeline=${timeline}
        .index=${index}
        .ran=${ran}
        .cells=${this.cells}
        .passing=${this.passing}
      ></tp-function-step>`;
    const operation = step.kind === "operation" ? timeline.operation(step.ref) : null;
    if (operation !== null)
      return html`<tp-operation-step
        .timeline=${timeline}
        .index=${index}
        .operation=${operation}
        .cells=${this.cells}
      ></tp-operation-step>`;
    return html`<tp-call-step .timeline=${timeline} .index=${index} .step=${step} .cells=${this.cells}></tp-call-step>`;
  }
}
