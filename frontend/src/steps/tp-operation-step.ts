import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { MemoryRecord, NameRecord, OperationRecord } from "../api/schema.ts";
import { source } from "../api/source.ts";
import { type Lang, locale } from "../i18n/index.ts";
import { OPERATIONS, type Operations } from "../i18n/operations.ts";
import { parts } from "../ui/parts.ts";
import { badges, base } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";
import { proseIn } from "../ui/tp-prose.ts";
import { described, typedName } from "./operation-names.ts";
import { stepLook } from "./tp-step.styles.ts";

import "../broadcast/tp-broadcast.ts";
import "../values/tp-preview.ts";
import "./tp-opening.ts";
import "../ui/tp-text.ts";

/** An operation: its arguments, what came in and what came out, and whose memory that is. */
@customElement("tp-operation-step")
export class TpOperationStep extends TpElement {
  static override styles = [base, badges, stepLook];

  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) index = 0;
  @property({ attribute: false }) operation!: OperationRecord;
  /** The source of the program that the timeline is of. */
  @property({ attribute: false }) cells: readonly string[] = [];
  /** What torch's documentation says of the operation. */
  @state() private known: NameRecord | null = null;
  /** Our own descriptions, in the language of the page. */
  @state() private texts: Operations | null = null;
  #lang: Lang | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (this.#lang !== locale.lang) this.#fetchTexts(locale.lang);
    if (!changed.has("operation") || changed.get("operation")?.name === this.operation.name) return;
    const { name } = this.operation;
    this.known = null;
    void source()
      .documentation(name)
      .then((documented) => {
        if (this.operation.name === name) this.known = documented;
      });
  }

  #fetchTexts(lang: Lang): void {
    this.#lang = lang;
    parts.load(OPERATIONS[lang], (texts) => {
      if (this.#lang === lang) this.texts = texts;
    });
  }

  protected override render(): TemplateResult {
    const { operation, known } = this;
    return html`<div class="what">
        <h2>
          <span title=${`${operation.name}${known?.signature ?? ""}`}
            ><tp-text .text=${typedName(operation.name)}></tp-text
          ></span>
          ${operation.writes.length > 0 ? html`<span class="badge bad">${this.t.inPlace}</span>` : nothing}
          ${operation.memory.map((memory) => this.#memory(memory))}
        </h2>
        ${this.#description()} ${this.#facts()}
      </div>
      <div class="data">
        ${this.#broadcast()} ${operation.inputs.map((id, input) => this.#input(id, input))}
        ${operation.outputs.length === 0 ? nothing : html`<span class="sign" aria-hidden="true">→</span>`}
        ${operation.outputs.map((id, output) => this.#output(id, output))}
        <tp-opening
          class="row"
          .timeline=${this.timeline}
          .index=${this.index}
          .operation=${operation.id}
          .cells=${this.cells}
        ></tp-opening>
      </div>`;
  }

  /** What the operation does: in our words, or else in torch's own, which are English. */
  #description(): TemplateResult | typeof nothing {
    const { texts, known, operation } = this;
    if (texts === null) return nothing;
    const key = described(operation, texts);
    if (key !== null) return html`<p class="doc">${proseIn(texts[key])}</p>`;
    if (known === null || known.summary === "") return nothing;
    return html`<p class="doc">
      <span class="by">${this.t.torchSays}</span> <span lang="en"><tp-text .text=${known.summary}></tp-text></span>
    </p>`;
  }

  /** Whose memory an output uses. A write in place returns its input, which "in place" says already. */
  #memory({ kind, of }: MemoryRecord): TemplateResult | typeof nothing {
    if (kind === "new") return html`<span class="badge good">${this.t.newMemory}</span>`;
    if (kind === "same")
      return this.operation.writes.length > 0 ? nothing : html`<span class="badge">${this.t.sameTensor}</span>`;
    const name = of === null ? null : this.timeline.nameOf(of, this.index);
    return html`<span class="badge leaf">${this.t.viewMemory(name === null ? null : visible(name))}</span>`;
  }

  #facts(): TemplateResult {
    const { arguments: given, module, writes } = this.operation;
    const scope = this.timeline.at(this.index)?.scope ?? "";
    return html`<dl class="facts">
      ${given.map(
        ({ name, text }) =>
          html`<dt><tp-text .text=${name ?? "·"}></tp-text></dt>
            <dd><tp-text .text=${this.#argument(text)}></tp-text></dd>`,
      )}
      ${
        module === null
          ? nothing
          : html`<dt>${this.t.inModule}</dt>
              <dd><tp-text .text=${`${module.path}: ${module.type}`}></tp-text></dd>`
      }
      ${
        scope === ""
          ? nothing
          : html`<dt>${this.t.inFunction}</dt>
              <dd><tp-text .text=${scope}></tp-text></dd>`
      }
      ${writes.map(({ tensor, before, after }) =>
        before === null || after === null
          ? nothing
          : html`<dt>${this.t.version}</dt>
              <dd><tp-text .text=${this.#name(tensor)}></tp-text> ${before} → ${after}</dd>`,
      )}
    </dl>`;
  }

  #argument(text: string): string {
    return this.timeline.member(text) === null ? text : this.#name(text);
  }

  #name(id: string): string {
    return this.timeline.nameOf(id, this.index) ?? this.t.unnamed;
  }

  /** An input as the operation read it: before the write, if the operation wrote to it. */
  #input(id: string, input: number): TemplateResult | typeof nothing {
    const version = this.timeline.version(id, this.index);
    if (version === null) return nothing;
    const written = this.operation.writes.some(({ tensor }) => tensor === id);
    const before = written ? this.timeline.before(id, version) : null;
    return html`<tp-preview
      .name=${this.#name(id)}
      .tensor=${id}
      .of=${before === null ? "" : this.t.beforeStep}
      .values=${(before ?? version).values}
      .shape=${this.operation.input_shapes[input] ?? null}
      .dtype=${(before ?? version).member.layout.dtype}
    ></tp-preview>`;
  }

  #output(id: string, output: number): TemplateResult {
    const version = this.timeline.version(id, this.index);
    return html`<tp-preview
      tone="fresh"
      .name=${this.#name(id)}
      .tensor=${id}
      .values=${version?.values ?? null}
      .shape=${this.operation.output_shapes[output] ?? null}
      .dtype=${version?.member.layout.dtype ?? ""}
    ></tp-preview>`;
  }

  #broadcast(): TemplateResult | typeof nothing {
    if (this.operation.broadcast.length === 0) return nothing;
    return html`<tp-broadcast class="row" .timeline=${this.timeline} .step=${this.index}></tp-broadcast>`;
  }
}
