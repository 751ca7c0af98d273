import { html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Step } from "../api/schema.ts";
import { badges, base } from "../ui/styles.ts";
import { showing } from "./endings.ts";
import { firstLine, namedIn } from "./mentions.ts";
import { shapeAt } from "./naming.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";
import { stepLook } from "./tp-step.styles.ts";

import "../values/tp-preview.ts";
import "../ui/tp-text.ts";

/** A step that is no operation: a statement, a call that begins, a backward pass that begins. */
@customElement("tp-call-step")
export class TpCallStep extends TpElement {
  static override styles = [base, badges, stepLook];

  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) index = 0;
  @property({ attribute: false }) step!: Step;
  /** The source of the program that the timeline is of. */
  @property({ attribute: false }) cells: readonly string[] = [];

  protected override render(): TemplateResult {
    const { step, timeline } = this;
    const pass = timeline.response.backwards.find(({ id }) => step.kind === "backward" && id === step.ref);
    return html`<div class="what">
        <h2>
          <tp-text .text=${pass?.expression ?? this.#heading()}></tp-text>
          <span class="badge ${step.kind === "backward" ? "gradient" : ""}">${this.t.stepKinds[step.kind]}</span>
        </h2>
        ${this.#facts()}
      </div>
      <div class="data">
        ${
          pass === undefined
            ? this.#values()
            : pass.roots.map(
                ({ name, tensor, gradient }) =>
                  html`<tp-preview
                    tone="gradient"
                    .name=${name}
                    .tensor=${tensor}
                    .of=${this.t.gradientIn}
                    .values=${timeline.gradientIn(pass, gradient)}
                    .shape=${shapeAt(timeline, tensor, this.index)}
                  ></tp-preview>`,
              )
        }
      </div>`;
  }

  #heading(): string {
    const { kind, scope, span } = this.step;
    if (kind === "call") return scope;
    return (kind === "statement" ? firstLine(this.cells, span) : "") || this.t.stepKinds[kind];
  }

  /** The names that the step bound to what is no tensor, those that it took away, and the calls that it is in. */
  #facts(): TemplateResult {
    const { bound, unbound } = this.step;
    const calls = this.timeline.frames(this.index).flatMap(({ scope }) => (scope === "" ? [] : [scope]));
    return html`<dl class="facts">
      ${
        calls.length === 0
          ? nothing
          : html`<dt>${this.t.inFunction}</dt>
              <dd><tp-text .text=${calls.join(" › ")}></tp-text></dd>`
      }
      ${bound
        .filter(({ value }) => value === null)
        .map(
          ({ name, type, text }) =>
            html`<dt><tp-text .text=${name}></tp-text></dt>
              <dd><tp-text .text=${text ?? type}></tp-text></dd>`,
        )}
      ${unbound.map(
        (name) =>
          html`<dt><tp-text .text=${name}></tp-text></dt>
            <dd>–</dd>`,
      )}
    </dl>`;
  }

  /** The tensors that the step bound or wrote, what was written with its value before; or else those that it names. */
  #values(): TemplateResult[] {
    const { timeline } = this;
    const stop = timeline.stops[timeline.stopOf(this.index)];
    const ended = stop === undefined ? null : showing(timeline, stop);
    const result = timeline.response.cells[ended ?? -1]?.result?.tensor ?? null;
    const ids = [
      ...(result === null ? [] : [result]),
      ...this.step.bound.flatMap(({ value }) => (value === null ? [] : [value])),
      ...this.step.changed.map(({ id }) => id),
    ];
    const named = ids.length > 0 ? [] : namedIn(firstLine(this.cells, this.step.span), this.timeline, this.index);
    return [...new Set([...ids, ...named])].map((id) => {
      const version = this.timeline.version(id, this.index);
      const written = this.step.changed.some((change) => change.id === id);
      const before = written && version !== null ? this.timeline.before(id, version) : null;
      const figure = (values: typeof version, of: string, tone: string): TemplateResult =>
        html`<tp-preview
          tone=${tone}
          .name=${this.timeline.nameOf(id, this.index) ?? (id === result ? firstLine(this.cells, this.step.span) : this.t.unnamed)}
          .tensor=${id}
          .of=${of}
          .values=${values?.values ?? null}
          .shape=${values?.member.layout.shape ?? null}
          .dtype=${values?.member.layout.dtype ?? ""}
        ></tp-preview>`;
      if (before === null) return figure(version, "", written ? "fresh" : "");
      return html`${figure(before, this.t.beforeStep, "")}<span class="sign" aria-hidden="true">→</span
        >${figure(version, "", "fresh")}`;
    });
  }
}
