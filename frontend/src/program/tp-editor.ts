import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { Fix } from "../api/schema.ts";
import type { Editor } from "./editor/editor.ts";
import type { Report } from "./editor/findings.ts";
import type { Program, EditorStrings } from "./editor/page.ts";
import type { SourceSpan } from "../ui/text/spans.ts";
import { tensorTarget } from "../timeline/lights.ts";
import { parts } from "../ui/parts.ts";
import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

const EDITOR = (): Promise<{ Editor: typeof Editor }> => import("./editor/editor.ts");
const NO_PROGRAM: Program = { sources: [], timeline: null };

/**
 * The code of one cell. Shows it plainly until the editor has loaded. Sends `tp-edit` with the code, `tp-run`, `tp-run-on`
 * (run up to here and go on), `tp-target`, and `tp-fix` with a fix that is to be made.
 */
@customElement("tp-editor")
export class TpEditor extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        min-height: 36px;
      }
      pre {
        padding: 8px 12px 8px 40px;
        font-size: 13px;
        line-height: 1.55;
        white-space: pre-wrap;
      }
    `,
  ];

  @property() code = "";
  /** What the cell is called within a sentence. */
  @property() called = "";
  /** The piece of code to mark. */
  @property({ attribute: false }) lit: SourceSpan | null = null;
  /** What the last answer says of this cell, as of `step` (null: the end). */
  @property({ attribute: false }) report: Report | null = null;
  @property({ attribute: false }) step: number | null = null;
  /** The whole program, for completion. */
  @property({ attribute: false }) program: Program = NO_PROGRAM;
  /** Whether the program runs as it is typed. */
  @property({ type: Boolean }) live = false;

  @state() private loaded = false;
  @query("#host") private host!: HTMLElement;

  #editor: Editor | null = null;
  #focusWanted = false;
  #said: EditorStrings | null = null;

  protected override render(): TemplateResult {
    return html`<div id="host">${this.loaded ? null : html`<pre>${this.code}</pre>`}</div>`;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A cell that is moved is taken out and put in again at once: its editor goes on, with its history.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#editor?.destroy();
      this.#editor = null;
      this.loaded = false;
    });
  }

  protected override firstUpdated(): void {
    this.#load();
  }

  #load(): void {
    parts.load(EDITOR, ({ Editor: Made }) => {
      void this.#edit(Made);
    });
  }

  async #edit(Made: typeof Editor): Promise<void> {
    if (!this.isConnected || this.#editor !== null) return;
    this.loaded = true;
    this.#said = null;
    await this.updateComplete;
    this.#editor = new Made({
      parent: this.host,
      root: this.shadowRoot ?? this.attachShadow({ mode: "open" }),
      code: this.code,
      onEdit: (code) => {
        this.emit("tp-edit", code);
      },
      onRun: () => {
        this.emit("tp-run");
      },
      onRunOn: () => {
        this.emit("tp-run-on");
      },
      onPoint: (tensor) => {
        this.emit("tp-target", { target: tensorTarget(tensor), pin: false });
      },
      program: () => this.program,
    });
    this.#pass(ALL);
    if (this.#focusWanted) this.focus();
  }

  protected override updated(changed: PropertyValues<this>): void {
    this.#pass((...names) => names.some((name) => changed.has(name)));
  }

  /** Hand over what has changed. The words are cheap, and change with the language too, which is no property. */
  #pass(changed: (...names: (keyof TpEditor)[]) => boolean): void {
    const editor = this.#editor;
    if (editor === null) return;
    if (changed("code")) editor.code = this.code;
    this.#say(editor);
    if (changed("live")) editor.live = this.live;
    const { timeline } = this.program;
    editor.show({
      ...(changed("report", "step") && { report: { report: this.report, step: this.step } }),
      ...(changed("report", "step", "program") && timeline !== null && { timeline }),
      ...(changed("lit") && { lit: this.lit }),
    });
  }

  #say(editor: Editor): void {
    const label = this.t.code(this.called);
    if (this.#said?.label === label && this.#said.strings === this.t) return;
    this.#said = { label, strings: this.t };
    editor.words = this.#said;
  }

  /** Make a change that was offered for the code `ran`; false if it does not fit any more. */
  apply(fix: Fix, ran: string): boolean {
    return this.#editor?.apply(fix, ran) ?? false;
  }

  override focus(): void {
    this.#focusWanted = this.#editor === null;
    this.#editor?.focus();
  }
}

const ALL = (): boolean => true;
