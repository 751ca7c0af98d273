import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { ExerciseBlock, LessonResponse } from "../api/schema.ts";
import { locale } from "../i18n/index.ts";
import { type LessonProgress, NOT_BEGUN } from "../progress/progress.ts";
import { notebook } from "../run/notebook.ts";
import type { Sent } from "../ui/events.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { programView } from "../viewer/program-view.ts";
import type { TpViewer } from "../viewer/tp-viewer.ts";
import { type Control } from "../viewer/views.ts";
import { LearnElement } from "./base.ts";
import { checked, foreseen, type Verdict } from "./check.ts";
import { desk } from "./desk.ts";
import { programAt, type Titled } from "./spreads.ts";

import "../viewer/tp-listing.ts";
import "../viewer/tp-viewer.ts";
import "./tp-passage.ts";
import "./tp-verdict.ts";

const CONTROLS: ReadonlySet<Control> = new Set(["views", "steps", "run"]);
/** So many tries before a solution is offered. */
const TRIES = 2;

/** A task, the program that a person writes for it, and whether it does what was asked. Sends `tp-written` and `tp-passed`. */
@customElement("tp-exercise")
export class TpExercise extends LearnElement {
  static override styles = [
    base,
    controls,
    forms,
    desk,
    css`
      details {
        margin-top: 12px;
      }
      details .secondary {
        margin-top: 8px;
      }
    `,
  ];

  @property({ attribute: false }) lesson!: LessonResponse;
  @property({ attribute: false }) block!: ExerciseBlock;
  @property({ attribute: false }) progress: LessonProgress = NOT_BEGUN;
  @state() private verdict: Verdict | null = null;
  @state() private busy = false;
  @state() private tries = 0;
  @query("tp-viewer") private viewer!: TpViewer;

  #given: Titled = { program: [], titles: [] };
  #code = "";
  #checking = new AbortController();

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#checking.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("block") && !changed.has("lesson")) return;
    this.#write(this.progress.edits[this.block.label] ?? this.block.start);
    this.verdict = this.progress.passed.includes(this.block.label) ? { kind: "passed" } : null;
  }

  protected override render(): TemplateResult {
    const { words, block } = this;
    return html`<section class="desk" aria-label=${words.exercise}>
      <div class="task">
        <h3>${words.exercise}</h3>
        <tp-passage .html=${block.html}></tp-passage>
        <button type="button" class="primary" ?disabled=${this.busy} @click=${this.#check}>${words.check}</button>
        <tp-verdict
          .verdict=${this.verdict}
          .busy=${this.busy}
          .because=${this.verdict?.kind === "failed" || this.verdict?.kind === "broken" ? foreseen(this.#code, block.explanations) : null}
          .cells=${notebook(this.#given.program, this.#given.titles)}
        ></tp-verdict>
        ${this.tries >= TRIES || this.verdict?.kind === "passed" ? this.#solution() : nothing}
      </div>
      <div class="work" @tp-cells=${this.#keep}>
        <tp-viewer
          .program=${this.#given.program}
          .titles=${this.#given.titles}
          .setup=${this.#given.program.length - 1}
          .controls=${CONTROLS}
          .editor=${programView}
          .view=${"values"}
        ></tp-viewer>
      </div>
    </section>`;
  }

  #solution(): TemplateResult {
    const { words, block } = this;
    return html`<details>
      <summary>${words.showSolution}</summary>
      <tp-listing .code=${block.solution.trimEnd()} .label=${words.solution}></tp-listing>
      <button
        type="button"
        class="secondary"
        @click=${() => {
          this.#write(block.solution);
          this.emit("tp-written", { name: block.label, code: block.solution, original: false });
          this.requestUpdate();
        }}
      >
        ${words.useSolution}
      </button>
    </details>`;
  }

  #write(code: string): void {
    this.#code = code;
    const { cellNamed, ownNamed } = this.words;
    this.#given = programAt(this.lesson, this.block, code, ownNamed, cellNamed);
  }

  readonly #keep = ({ detail }: Sent<"tp-cells">): void => {
    this.#code = detail.at(-1)?.code ?? "";
    this.emit("tp-written", { name: this.block.label, code: this.#code, original: this.#code === this.block.start });
  };

  readonly #check = async (): Promise<void> => {
    this.#checking.abort();
    const { signal } = (this.#checking = new AbortController());
    this.busy = true;
    // The views show what was checked.
    this.viewer.run();
    const { cellNamed, ownNamed, checkNamed } = this.words;
    const { program, titles } = programAt(this.lesson, this.block, this.#code, ownNamed, cellNamed);
    const check = { code: this.block.check, title: checkNamed };
    const verdict = await checked(notebook(program, titles), check, locale.lang, signal);
    if (signal.aborted) return;
    this.busy = false;
    this.verdict = verdict;
    if (verdict.kind === "passed") this.emit("tp-passed", this.block.label);
    else this.tries += 1;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-exercise": TpExercise;
  }
}
