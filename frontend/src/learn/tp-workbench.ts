import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { CellBlock, LessonResponse } from "../api/schema.ts";
import type { LessonProgress } from "../progress/progress.ts";
import { NOT_BEGUN } from "../progress/progress.ts";
import type { Sent } from "../ui/events.ts";
import { base, controls } from "../ui/styles.ts";
import { programView } from "../viewer/program-view.ts";
import type { TpViewer } from "../viewer/tp-viewer.ts";
import { type Control } from "../viewer/views.ts";
import { LearnElement } from "./base.ts";
import type { Place } from "./events.ts";
import { cellsOf, programAt, type Titled } from "./spreads.ts";

import "../viewer/tp-viewer.ts";

const CONTROLS: ReadonlySet<Control> = new Set(["views", "steps", "run"]);

/**
 * A program of a lesson, with the cells that run before it: the editor and the views of the playground. Runs by itself. A text can
 * lead to another program, which is then shown here. Sends `tp-written`, and what its view sends.
 */
@customElement("tp-workbench")
export class TpWorkbench extends LearnElement {
  static override styles = [
    base,
    controls,
    css`
      figure {
        margin: 0;
        overflow: clip;
        border: 1px solid var(--line);
        border-radius: 12px;
        background: var(--ground);
        box-shadow: var(--shadow);
      }
      figcaption {
        display: flex;
        gap: 12px;
        align-items: baseline;
        padding: 7px 14px;
        border-bottom: 1px solid var(--line);
        background: var(--panel);
        color: var(--soft);
        font-size: 12.5px;
      }
      figcaption b {
        flex: 1;
        font-weight: 650;
      }
      .link {
        font: inherit;
      }
      /* The view below is what a text leads to: the details of a step leave it room. */
      tp-viewer {
        --step-height: 150px;
      }
    `,
  ];

  @property({ attribute: false }) lesson!: LessonResponse;
  /** The number of the program, from 1. */
  @property({ type: Number }) number = 1;
  @property({ attribute: false }) progress: LessonProgress = NOT_BEGUN;
  /** The number of another program that a text has led to. */
  @state() private led: number | null = null;
  /** Whether the code is not as the lesson has it. */
  @state() private edited = false;
  @query("tp-viewer") private viewer!: TpViewer;

  #shownProgram: Titled = { program: [], titles: [] };
  #given: ReadonlyMap<string, string> = new Map();
  #runs = false;
  #opened: number | null = null;

  /** Show a place of this program, or of another one. `seen` is called when it is in sight within this element. */
  async look({ cell, look }: Place, seen: () => void): Promise<void> {
    this.led = cell === this.number ? null : cell;
    await this.updateComplete;
    await this.viewer.updateComplete;
    // The line is one of that cell, which comes after all that run before it.
    const line = look.line === null ? null : { ...look.line, cell: this.#shownProgram.program.length - 1 };
    this.viewer.look({ ...look, line }, seen);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("number")) this.led = null;
    if (changed.has("lesson") || changed.has("number") || this.led !== this.#opened) this.#open();
  }

  protected override updated(): void {
    if (!this.#runs) return;
    this.#runs = false;
    void this.viewer.updateComplete.then(() => {
      this.viewer.run();
    });
  }

  protected override render(): TemplateResult {
    const words = this.words;
    return html`<figure @tp-cells=${this.#keep}>
      <figcaption>
        <b>${words.cell(this.#shown)}</b>
        ${
          this.edited
            ? this.#button(words.reset, () => {
                this.emit("tp-written", { name: String(this.#shown), code: this.#original, original: true });
                this.#open(this.#original);
                this.requestUpdate();
              })
            : nothing
        }
        ${
          this.led === null
            ? nothing
            : this.#button(words.backTo(this.number), () => {
                this.led = null;
              })
        }
      </figcaption>
      <tp-viewer
        .program=${this.#shownProgram.program}
        .titles=${this.#shownProgram.titles}
        .setup=${this.#shownProgram.program.length - 1}
        .given=${this.#given}
        .controls=${CONTROLS}
        .editor=${programView}
        .view=${"values"}
      ></tp-viewer>
    </figure>`;
  }

  #button(text: string, act: () => void): TemplateResult {
    return html`<button type="button" class="link" @click=${act}>${text}</button>`;
  }

  get #shown(): number {
    return this.led ?? this.number;
  }

  get #original(): string {
    return this.#block?.code ?? "";
  }

  get #block(): CellBlock | undefined {
    return cellsOf(this.lesson).find(({ number }) => number === this.#shown);
  }

  /** Take the program up, as the person left it. */
  #open(code = this.progress.edits[String(this.#shown)] ?? this.#original): void {
    const { cellNamed } = this.words;
    if (this.#block !== undefined)
      this.#shownProgram = programAt(this.lesson, this.#block, code, cellNamed(this.#shown), cellNamed);
    this.#given = new Map(Object.entries(this.progress.answers).map(([key, { given }]) => [key, given]));
    this.edited = code !== this.#original;
    this.#opened = this.led;
    this.#runs = true;
  }

  readonly #keep = ({ detail }: Sent<"tp-cells">): void => {
    const code = detail.at(-1)?.code ?? "";
    const original = code === this.#original;
    this.edited = !original;
    this.emit("tp-written", { name: String(this.#shown), code, original });
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-workbench": TpWorkbench;
  }
}
