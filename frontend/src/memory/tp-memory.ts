import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { type Memory, storagesAt } from "./storages.ts";
import { operationSentence, operationsUntil, sentenceAt, type OperationEffect } from "./words.ts";
import { badges, base, controls } from "../ui/styles.ts";
import { isOtherRun, type Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";
import { revealDrawn } from "../ui/reveal.ts";
import { look } from "./tp-memory.styles.ts";

import "../ui/tp-prose.ts";
import "./tp-storage.ts";

/** So many operations are listed: the last. */
const LISTED = 200;
/** So many storages are drawn at once; more are asked for. */
const DRAWN = 40;

/** The memory of a program at a step: its storages, the tensors on them, and what each operation did. Sends `tp-step`. */
@customElement("tp-memory")
export class TpMemory extends TpElement {
  static override styles = [base, controls, badges, look];

  @property({ attribute: false }) timeline: Timeline | null = null;
  /** The step that is shown; null: the end. */
  @property({ attribute: false }) step: number | null = null;
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();
  @property({ attribute: false }) pinned: ReadonlySet<string> = new Set();
  @state() private othersShown = false;
  @state() private listed = false;
  @state() private drawn = DRAWN;
  private memories: readonly Memory[] = [];

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("timeline") && !changed.has("step")) return;
    this.memories = this.timeline === null ? [] : storagesAt(this.timeline, this.step);
    if (changed.has("timeline") && isOtherRun(changed.get("timeline"), this.timeline)) this.drawn = DRAWN;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("step")) return;
    const element = this.renderRoot.querySelector("[data-sought]");
    if (element !== null) revealDrawn(() => element);
  }

  /** The storage that the step made or wrote to: what the step did is what a person wants to see. */
  get #about(): Memory | undefined {
    if (this.step === null) return undefined;
    return this.memories.find(({ windows }) => windows.some(({ fresh, changed }) => fresh || changed));
  }

  protected override render(): TemplateResult {
    const words = this.t.memory;
    return html`<h2>${words.title}</h2>
      ${this.timeline === null ? html`<p class="none">${words.before}</p>` : this.#all(this.timeline)}`;
  }

  #all(timeline: Timeline): TemplateResult {
    const words = this.t.memory;
    const main = this.memories.filter((memory) => this.#isMain(memory));
    const others = this.memories.filter((memory) => !main.includes(memory));
    const sentence = sentenceAt(timeline, this.step, words);
    const elsewhere = timeline.response.tensors.filter(
      ({ layout, names }) => layout.storage === null && names.length > 0,
    );
    return html`<p class="about">${words.about} <span class="unprinted">${words.hint}</span></p>
      ${
        sentence === null
          ? nothing
          : html`<p class="said ${sentence === words.said.nothing ? "quiet" : ""}">
              <tp-prose .text=${sentence}></tp-prose>
            </p>`
      }
      ${main.length === 0 ? html`<p class="none">${words.none}</p>` : this.#storages(timeline, main.slice(0, this.drawn))}
      ${
        main.length <= this.drawn
          ? nothing
          : html`<button
              type="button"
              class="link"
              @click=${() => {
                this.drawn *= 4;
              }}
            >
              ${this.t.showAll} (${main.length})
            </button>`
      }
      ${elsewhere.length === 0 ? nothing : html`<p class="none">${words.elsewhere(elsewhere.length)}</p>`}
      ${
        others.length === 0
          ? nothing
          : html`<details
              @toggle=${(event: Event) => {
                this.othersShown = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
              }}
            >
              <summary>${words.others(others.length)}</summary>
              ${this.othersShown ? this.#storages(timeline, others.slice(0, this.drawn)) : nothing}
            </details>`
      }
      ${this.#operations(timeline)}`;
  }

  /** Whether a storage is one that a name, the step or the person is about. */
  #isMain({ windows }: Memory): boolean {
    return windows.some(({ names, fresh, changed, id }) => names.length > 0 || fresh || changed || this.pinned.has(id));
  }

  #storages(timeline: Timeline, memories: readonly Memory[]): TemplateResult {
    const about = this.#about;
    return html`<div class="storages">
      ${repeat(
        memories,
        ({ storage }) => storage.id,
        (memory) =>
          html`<tp-storage
            ?data-sought=${memory === about}
            .timeline=${timeline}
            .step=${this.step}
            .memory=${memory}
            .lit=${this.lit}
            .pinned=${this.pinned}
          ></tp-storage>`,
      )}
    </div>`;
  }

  #operations(timeline: Timeline): TemplateResult {
    const words = this.t.memory;
    const all = operationsUntil(timeline, null);
    // Later operations are listed too, unless there are too many: then the last ones until now are.
    const listed = all.length > LISTED ? operationsUntil(timeline, this.step).slice(-LISTED) : all;
    return html`<details
      class="operations"
      @toggle=${(event: Event) => {
        this.listed = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
      }}
    >
      <summary>${words.operations(all.length)}</summary>
      ${
        this.listed
          ? html`${all.length > LISTED ? html`<p class="none">${words.operationsCut(LISTED)}</p>` : nothing}
              <ol>
                ${listed.map((effect) => this.#operation(timeline, effect))}
              </ol>`
          : nothing
      }
    </details>`;
  }

  #operation(timeline: Timeline, { operation, kind, index }: OperationEffect): TemplateResult {
    const words = this.t.memory;
    // The names that an operation's statement binds are known at the end of its stop.
    const stop = timeline.settled(index);
    const sentence = operationSentence(timeline, operation, stop, words) ?? "";
    return html`<li>
      <button
        type="button"
        class=${this.step !== null && index > this.step ? "later" : ""}
        aria-current=${stop === this.step ? "step" : nothing}
        @click=${() => {
          this.emit("tp-step", stop);
        }}
      >
        <span class="badge ${{ new: "", view: "leaf", same: "leaf", written: "gradient" }[kind]}"
          >${words.kinds[kind]}</span
        >
        <tp-prose .text=${sentence}></tp-prose>
      </button>
    </li>`;
  }
}
