import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Fault } from "../api/faults.ts";
import type { Derivation, DerivationResponse, ChainStep, ChainDerivative } from "../api/schema.ts";
import { askingOnce, questionOf } from "./answers.ts";
import { Inquirer } from "./inquiry.ts";
import { scalarsOf, targetOf } from "./scalars.ts";
import { locale } from "../i18n/index.ts";
import { badges, base, controls } from "../ui/styles.ts";
import { faultText } from "../ui/text/fault.ts";
import { visible } from "../ui/text/visible.ts";
import { isOtherRun, type Timeline } from "../timeline/timeline.ts";
import { brief, shapeOf } from "../numbers/brief.ts";
import { flat } from "../numbers/grid.ts";
import { alone } from "../values/cards.ts";
import { TpElement } from "../ui/base.ts";
import type { Sent } from "../ui/events.ts";
import { look } from "./tp-derivation.styles.ts";

import "./tp-derivation-leaf.ts";
import "./tp-math.ts";
import "../ui/tp-text.ts";
import "../values/tp-values.ts";

/** More elements than these are not all in the line of a step. */
const IN_LINE = 16;

/** How the gradients of a program come about: every step's derivative, the paths, and their sum. Sends `tp-target`. */
@customElement("tp-derivation")
export class TpDerivation extends TpElement {
  static override styles = [base, controls, badges, look];

  @property({ attribute: false }) timeline: Timeline | null = null;
  /** The source of the program that the timeline is of. */
  @property({ attribute: false }) cells: readonly string[] = [];
  /** The graph that is shown elsewhere, by its id. */
  @property({ attribute: false }) graph: string | null = null;
  @property({ attribute: false }) nodes: ReadonlySet<string> = new Set();
  @property({ attribute: false }) tensors: ReadonlySet<string> = new Set();
  /** The variable to derive; empty for the root of the last backward pass. */
  @state() private of = "";
  @state() private checked = false;
  /** The steps of the path that a person points at. */
  @state() private path: readonly number[] = [];
  #asked = "";
  readonly #inquirer = new Inquirer(() => {
    this.requestUpdate();
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#inquirer.forget();
    this.#asked = "";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.timeline === null) return;
    if (changed.has("timeline") && isOtherRun(changed.get("timeline"), this.timeline)) {
      if (!scalarsOf(this.timeline.response).includes(this.of)) this.of = "";
      this.checked = false;
      this.path = [];
    }
    const { of, checked, cells } = this;
    const question = JSON.stringify([this.timeline.response.id, of, checked, locale.lang]);
    if (question === this.#asked) return;
    this.#asked = question;
    void this.#inquirer.ask(questionOf(cells, locale.lang, { of }, checked), askingOnce(this.timeline.response));
  }

  protected override render(): TemplateResult {
    const words = this.t.derivation;
    return html`<h2>${words.title}</h2>
      ${
        this.timeline === null
          ? html`<p class="none">${words.before}</p>`
          : html`<p class="about">${words.about}</p>
              ${this.#choices(this.timeline)} ${this.#answer(this.timeline)}`
      }`;
  }

  #choices(timeline: Timeline): TemplateResult {
    const words = this.t.derivation;
    const { state } = this.#inquirer;
    return html`<div class="choices">
      <label
        >${words.of}
        <select
          @change=${(event: Event) => {
            if (event.target instanceof HTMLSelectElement) this.of = event.target.value;
          }}
        >
          <option value="" ?selected=${this.of === ""}>${words.automatic}</option>
          ${scalarsOf(timeline.response).map(
            (name) => html`<option value=${name} ?selected=${this.of === name}>${visible(name)}</option>`,
          )}
        </select></label
      >
      <button
        type="button"
        class="check"
        title=${words.checking}
        ?disabled=${this.checked || state.kind !== "answered" || state.answer.derivation?.reason !== null}
        @click=${() => {
          this.checked = true;
        }}
      >
        ${words.check}
      </button>
    </div>`;
  }

  #answer(timeline: Timeline): TemplateResult | typeof nothing {
    const words = this.t.derivation;
    const { state } = this.#inquirer;
    switch (state.kind) {
      case "idle":
        return nothing;
      case "asked":
        return html`<p class="none" role="note">${words.asking}</p>
          ${state.before === null ? nothing : html`<div class="old">${this.#response(timeline, state.before)}</div>`}`;
      case "answered":
        return this.#response(timeline, state.answer);
      case "failed":
        return this.#fault(state.fault);
    }
  }

  #fault(fault: Fault): TemplateResult {
    const words = this.t.derivation;
    return html`<div class="fault" role="alert">
      <p><b>${words.failed}.</b> <tp-text .text=${faultText(fault, this.t, navigator.onLine)}></tp-text></p>
      <button
        type="button"
        class="link"
        @click=${() => {
          this.#asked = "";
          this.requestUpdate();
        }}
      >
        ${words.again}
      </button>
    </div>`;
  }

  #response(timeline: Timeline, { message, derivation }: DerivationResponse): TemplateResult {
    const words = this.t.derivation;
    return html`${message === null ? nothing : html`<p class="fault"><tp-text .text=${words.ended(message)}></tp-text></p>`}
    ${derivation === null ? nothing : derivation.reason === null ? this.#derivation(timeline, derivation) : html`<p class="none boxed"><tp-text .text=${derivation.text ?? ""}></tp-text></p>`}`;
  }

  #derivation(timeline: Timeline, derivation: Derivation): TemplateResult {
    const words = this.t.derivation;
    return html`<h3>${words.steps}</h3>
      <p class="about unprinted">${words.stepsAbout}</p>
      <ol class="steps">
        ${derivation.steps.map((step, at) => this.#step(timeline, derivation, step, at))}
      </ol>
      <h3>${words.product}</h3>
      <div
        class="leaves"
        @tp-path=${(event: Sent<"tp-path">) => {
          this.path = event.detail ?? [];
        }}
      >
        ${derivation.leaves.map(
          (leaf) =>
            html`<tp-derivation-leaf
              .derivation=${derivation}
              .leaf=${leaf}
              .dtype=${timeline.member(leaf.tensor ?? "")?.layout.dtype ?? ""}
            ></tp-derivation-leaf>`,
        )}
      </div>`;
  }

  #step(timeline: Timeline, derivation: Derivation, step: ChainStep, at: number): TemplateResult {
    const words = this.t.derivation;
    const lit =
      (step.function !== null && this.nodes.has(step.function)) ||
      (step.tensor !== null && this.tensors.has(step.tensor)) ||
      this.path.includes(at);
    const point = (pointed: boolean, pin: boolean): void => {
      const target = pointed ? targetOf(timeline.response, step, this.graph) : null;
      this.emit("tp-target", { target, pin });
    };
    return html`<li
      class=${lit ? "lit" : ""}
      @pointerenter=${() => {
        point(true, false);
      }}
      @pointerleave=${() => {
        point(false, false);
      }}
    >
      <button
        type="button"
        class="head"
        title=${words.show(visible(step.label))}
        @click=${() => {
          point(true, true);
        }}
      >
        <b><tp-text .text=${step.label}></tp-text></b>
        ${
          step.expression === null || step.expression === step.label
            ? nothing
            : html`<code>= <tp-text .text=${step.expression}></tp-text></code>`
        }
        <span class="badge ${step.leaf ? "leaf" : ""}">
          ${step.leaf ? words.leaf : html`<tp-text .text=${step.name}></tp-text>`}
        </span>
      </button>
      ${step.derivatives.map((local) => this.#local(local))} ${this.#arrived(derivation, step)}
    </li>`;
  }

  #local({ line, values }: ChainDerivative): TemplateResult {
    const shape = values.kind === "full" ? shapeOf(values.data) : [];
    const long = values.kind === "full" && flat(values.data, shape).length > IN_LINE;
    return html`<div class="line">
      <tp-math .latex=${line.latex} .text=${line.text}></tp-math>
      ${
        long
          ? html`<details>
              <summary>${this.t.derivation.numbers}</summary>
              <tp-values .layers=${[alone(values)]} .shape=${shape} dtype="float"></tp-values>
            </details>`
          : nothing
      }
    </div>`;
  }

  /** The derivative of the result by the value of a step, which is what flows back to it. */
  #arrived({ root }: Derivation, step: ChainStep): TemplateResult | typeof nothing {
    const [gradient] = step.gradients;
    if (gradient === null || gradient === undefined || step.label === root) return nothing;
    return html`<p class="arrived">
      ${this.t.derivation.arrives(visible(step.label))}:
      <code>∂${visible(root)}/∂${visible(step.label)} = ${brief(gradient)}</code>
    </p>`;
  }
}
