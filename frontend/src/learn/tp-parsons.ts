import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { LessonResponse, ParsonsBlock } from "../api/schema.ts";
import { locale } from "../i18n/index.ts";
import { type LessonProgress, NOT_BEGUN } from "../progress/progress.ts";
import * as icons from "../ui/icons.ts";
import { notebook, type Notebook } from "../run/notebook.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { LearnElement } from "./base.ts";
import { checked, isIndentation, type Verdict } from "./check.ts";
import { desk } from "./desk.ts";
import { Dragging } from "./dragging.ts";
import { type Order, orderOf, placed, poolOf, programOf, shifted, without, writtenOrder } from "./parsons.ts";
import { lineLook } from "./tp-parsons.styles.ts";
import { programAt } from "./spreads.ts";

import "./tp-passage.ts";
import "./tp-verdict.ts";

/** Lines of a program to be put in order, by mouse, finger or keyboard. Sends `tp-written` and `tp-passed`. */
@customElement("tp-parsons")
export class TpParsons extends LearnElement {
  static override styles = [base, controls, forms, desk, lineLook];

  @property({ attribute: false }) lesson!: LessonResponse;
  @property({ attribute: false }) block!: ParsonsBlock;
  @property({ attribute: false }) progress: LessonProgress = NOT_BEGUN;
  @state() private order: Order = [];
  @state() private verdict: Verdict | null = null;
  @state() private busy = false;
  @state() private news = "";

  #checking = new AbortController();
  readonly #dragging = new Dragging(this, (line, at) => {
    if (at === null) this.#change(without(this.order, line));
    else this.#change(placed(this.order, line, at));
  });

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#checking.abort();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("block") && !changed.has("lesson")) return;
    this.order = orderOf(this.progress.edits[this.block.label], this.block.lines.length);
    this.verdict = this.progress.passed.includes(this.block.label) ? { kind: "passed" } : null;
  }

  protected override render(): TemplateResult {
    const { words, block, order } = this;
    const pool = poolOf(block.lines, order);
    return html`<section class="desk" aria-label=${words.parsons}>
      <div class="task">
        <h3>${words.parsons}</h3>
        <tp-passage .html=${block.html}></tp-passage>
        <p class="hint" id="how">${words.parsonsAbout}</p>
        <h4 id="pool">${words.pool}</h4>
        <ul class="lines pool" aria-labelledby="pool" aria-describedby="how">
          ${pool.map((line) => this.#pooled(line))}
          ${pool.length === 0 ? html`<li class="empty">${words.poolEmpty}</li>` : nothing}
        </ul>
      </div>
      <div class="work">
        <h4 id="program">${words.program}</h4>
        <ol class="lines program" aria-labelledby="program" aria-describedby="how">
          ${order.map((line, at) => this.#ordered(line, at))}
          ${order.length === 0 ? html`<li class="empty">${words.programEmpty}</li>` : nothing}
        </ol>
        <button type="button" class="primary" ?disabled=${this.busy || order.length === 0} @click=${this.#check}>
          ${words.check}
        </button>
        <tp-verdict
          .verdict=${this.verdict}
          .busy=${this.busy}
          .cells=${this.#cells}
          .because=${isIndentation(this.verdict) ? words.indented : null}
        ></tp-verdict>
        <div class="unseen" role="status">${this.news}</div>
      </div>
    </section>`;
  }

  #pooled(line: number): TemplateResult {
    const text = this.#text(line).trim();
    return html`<li class=${this.#dragging.line === line ? "dragged" : ""} data-line=${line}>
      ${this.#grip(line)}
      <button
        type="button"
        class="code"
        aria-label=${this.words.addLine(text)}
        @click=${() => {
          this.#change(placed(this.order, line, this.order.length));
          this.#say(line);
          this.#focus(line);
        }}
      >
        <code>${text}</code>
      </button>
    </li>`;
  }

  #ordered(line: number, at: number): TemplateResult {
    const { words, order } = this;
    const text = this.#text(line);
    const remove = (): void => {
      this.#change(without(order, line));
      this.#focus(line);
    };
    return html`<li
      class="${this.#dragging.line === line ? "dragged" : ""} ${this.#dragging.at === at ? "target" : ""} ${
        this.#dragging.at === at + 1 && at === order.length - 1 ? "last" : ""
      }"
      data-line=${line}
    >
      ${this.#grip(line)}
      <button
        type="button"
        class="code"
        aria-label=${words.lineAt(text.trim(), at + 1, order.length)}
        @click=${remove}
        @keydown=${(event: KeyboardEvent) => {
          this.#key(event, line);
        }}
      >
        <code>${text}</code>
      </button>
      <span class="acts">
        ${this.#act(words.lineUp, icons.up, at === 0, () => {
          this.#shift(line, -1);
        })}
        ${this.#act(words.lineDown, icons.down, at === order.length - 1, () => {
          this.#shift(line, 1);
        })}
        ${this.#act(words.removeLine, icons.close, false, remove)}
      </span>
    </li>`;
  }

  /** What a mouse or a finger takes a line by; the keyboard has other ways. */
  #grip(line: number): TemplateResult {
    return html`<span
      class="grip"
      aria-hidden="true"
      @pointerdown=${(event: PointerEvent) => {
        this.#dragging.begin(event, line);
      }}
      >⠿</span
    >`;
  }

  #act(label: string, icon: TemplateResult, disabled: boolean, act: () => void): TemplateResult {
    return html`<button
      type="button"
      class="tool"
      tabindex="-1"
      title=${label}
      aria-label=${label}
      ?disabled=${disabled}
      @click=${act}
    >
      ${icon}
    </button>`;
  }

  #text(line: number): string {
    return programOf(this.block.lines, [line]);
  }

  get #cells(): Notebook {
    const { cellNamed, ownNamed } = this.words;
    const code = programOf(this.block.lines, this.order);
    const { program, titles } = programAt(this.lesson, this.block, code, ownNamed, cellNamed);
    return notebook(program, titles);
  }

  #change(order: Order): void {
    this.order = order;
    this.verdict = null;
    this.emit("tp-written", { name: this.block.label, code: writtenOrder(order), original: order.length === 0 });
  }

  #shift(line: number, by: -1 | 1): void {
    this.#change(shifted(this.order, line, by));
    this.#say(line);
    this.#focus(line);
  }

  #key(event: KeyboardEvent, line: number): void {
    const by = { ArrowUp: -1, ArrowDown: 1 }[event.key];
    if (by === undefined || !event.altKey) return;
    event.preventDefault();
    this.#shift(line, by as -1 | 1);
  }

  /** Say where a line is now to those who cannot see it. */
  #say(line: number): void {
    const at = this.order.indexOf(line);
    this.news = this.words.lineAt(this.#text(line).trim(), at + 1, this.order.length);
  }

  /** The line that was moved keeps the focus, wherever it is now. */
  #focus(line: number): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<HTMLElement>(`[data-line="${line}"] .code`)?.focus();
    });
  }

  readonly #check = async (): Promise<void> => {
    this.#checking.abort();
    const { signal } = (this.#checking = new AbortController());
    this.busy = true;
    const check = { code: this.block.check, title: this.words.checkNamed };
    const verdict = await checked(this.#cells, check, locale.lang, signal);
    if (signal.aborted) return;
    this.busy = false;
    this.verdict = verdict;
    if (verdict.kind === "passed") this.emit("tp-passed", this.block.label);
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-parsons": TpParsons;
  }
}
