import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { type Fault, faultFrom } from "../api/faults.ts";
import type { Opening, OpeningResponse } from "../api/schema.ts";
import { source } from "../api/source.ts";
import { locale } from "../i18n/index.ts";
import { base, controls } from "../ui/styles.ts";
import { faultText } from "../ui/text/fault.ts";
import { isOtherRun, type Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";

import "../values/tp-preview.ts";
import "../ui/tp-text.ts";

type State =
  | { readonly kind: "closed" }
  | { readonly kind: "asked" }
  | { readonly kind: "answered"; readonly answer: OpeningResponse }
  | { readonly kind: "failed"; readonly fault: Fault };

/** What torch did inside an operation, asked for when a person opens it; a step that did more inside opens further. */
@customElement("tp-opening")
export class TpOpening extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      section,
      ol {
        display: grid;
        gap: 6px;
        flex-basis: 100%;
        min-width: 0;
        margin: 0;
      }
      ol {
        padding: 0 0 0 12px;
        border-left: 2px solid var(--line);
        list-style: none;
      }
      .step {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 10px;
        align-items: center;
        min-width: 0;
      }
      code {
        font: 12px/1.5 var(--mono);
        overflow-wrap: anywhere;
      }
      .link,
      p,
      .sign {
        font-size: 12.5px;
      }
      p,
      .sign {
        color: var(--muted);
      }
    `,
  ];

  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) index = 0;
  @property() operation = "";
  /** The source of the program. */
  @property({ attribute: false }) cells: readonly string[] = [];
  @state() private found: State = { kind: "closed" };
  #abort: AbortController | null = null;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#close();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const other = changed.has("timeline") && isOtherRun(changed.get("timeline"), this.timeline);
    if (other || changed.has("operation")) this.#close();
  }

  protected override render(): TemplateResult {
    const words = this.t.opening;
    const open = this.found.kind !== "closed";
    return html`<button
        type="button"
        class="link"
        aria-expanded=${open ? "true" : "false"}
        @click=${() => {
          if (open) this.#close();
          else void this.#ask();
        }}
      >
        ${open ? words.close : words.open}
      </button>
      ${open ? html`<section aria-label=${words.inside}>${this.#found()}</section>` : nothing}`;
  }

  #found(): TemplateResult | typeof nothing {
    const words = this.t.opening;
    switch (this.found.kind) {
      case "closed":
        return nothing;
      case "asked":
        return html`<p>${words.asking}</p>`;
      case "failed":
        return html`<p>
          ${words.failed} <tp-text .text=${faultText(this.found.fault, this.t, navigator.onLine)}></tp-text>
        </p>`;
      case "answered": {
        const { message, opening: inside } = this.found.answer;
        return html`<p><tp-text .text=${inside?.text ?? message ?? words.failed}></tp-text></p>
          ${inside?.reason === null ? this.#inside(inside) : nothing}`;
      }
    }
  }

  #inside(inside: Opening): TemplateResult {
    const words = this.t.opening;
    return html`${this.#level(inside, null)} ${inside.exact ? nothing : html`<p>${words.rounded}</p>`}
    ${inside.complete ? nothing : html`<p>${words.incomplete}</p>`}`;
  }

  #level(inside: Opening, parent: number | null): TemplateResult {
    const level = [...inside.operations.keys()].filter((at) => inside.operations[at]?.parent === parent);
    return html`<ol>
      ${level.map((at) => html`<li>${this.#step(inside, at)}</li>`)}
    </ol>`;
  }

  #step(inside: Opening, at: number): TemplateResult | typeof nothing {
    const step = inside.operations[at];
    if (step === undefined) return nothing;
    const given = step.arguments.map(({ name, text }) => {
      const said = this.#name(inside, text);
      return name === null ? said : `${name}=${said}`;
    });
    const line = html`<code><tp-text .text=${`${step.name}(${given.join(", ")})`}></tp-text></code>`;
    return html`<div class="step">
        ${line} ${step.outputs.length === 0 ? nothing : html`<span class="sign" aria-hidden="true">→</span>`}
        ${step.outputs.map((index) => {
          const made = inside.tensors[index];
          return made === undefined
            ? nothing
            : html`<tp-preview
                tone="fresh"
                .name=${this.#name(inside, made.label)}
                .values=${made.values}
                .shape=${made.shape}
                .dtype=${made.dtype}
              ></tp-preview>`;
        })}
      </div>
      ${
        inside.operations.some(({ parent }) => parent === at)
          ? html`<details>
              <summary>
                ${this.t.opening.inside}: <code><tp-text .text=${step.name}></tp-text></code>
              </summary>
              ${this.#level(inside, at)}
            </details>`
          : nothing
      }`;
  }

  /** What the program calls a tensor that it has too; a tensor that is there only inside has its label alone. */
  #name(inside: Opening, label: string): string {
    const id = inside.tensors.find((tensor) => tensor.label === label)?.tensor ?? null;
    return id === null ? label : (this.timeline.nameOf(id, this.index) ?? label);
  }

  async #ask(): Promise<void> {
    const abort = new AbortController();
    this.#abort = abort;
    this.found = { kind: "asked" };
    try {
      const { operation, cells } = this;
      const answer = await source().opening({ cells: [...cells], lang: locale.lang, operation }, abort.signal);
      if (this.#abort === abort) this.found = { kind: "answered", answer };
    } catch (error) {
      if (this.#abort === abort) this.found = { kind: "failed", fault: faultFrom(error) };
    }
  }

  #close(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.found = { kind: "closed" };
  }
}
