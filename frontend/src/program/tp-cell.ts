import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import type { Fix, Span } from "../api/schema.ts";
import type { Report } from "./editor/findings.ts";
import type { Program } from "./editor/page.ts";
import { type Cell, called, type Notebook } from "../run/notebook.ts";
import type { CellView } from "../run/cell-view.ts";
import { badges, base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";
import type { CellAction } from "./events.ts";
import type { TpEditor } from "./tp-editor.ts";

import "./tp-editor.ts";
import "./tp-output.ts";

/** One cell: its code, its actions, and its output. Sends `tp-cell-action` and what its editor sends. */
@customElement("tp-cell")
export class TpCell extends TpElement {
  static override styles = [
    base,
    controls,
    badges,
    css`
      article {
        border: 1px solid var(--line);
        border-left: 3px solid var(--line-strong);
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
      }
      article.ok {
        border-left-color: var(--good-ink);
      }
      article.error {
        border-left-color: var(--bad-line);
      }
      article.running {
        border-left-color: var(--accent);
      }
      article:focus-within {
        border-color: var(--accent);
      }
      header {
        display: flex;
        align-items: center;
        gap: 6px;
        min-height: 30px;
        padding: 2px 4px 0 10px;
        color: var(--muted);
        font-size: 11.5px;
      }
      .name {
        font-weight: 600;
      }
      .tools {
        display: flex;
        margin-left: auto;
      }
      @media print {
        .tools {
          display: none !important;
        }
        article {
          break-inside: avoid;
        }
      }
      .tools .tool {
        opacity: 0.75;
      }
      article:hover .tool,
      article:focus-within .tool {
        opacity: 1;
      }
      article:hover .tool:disabled,
      article:focus-within .tool:disabled,
      .tool:disabled {
        opacity: 0.35;
      }
    `,
  ];

  @property({ attribute: false }) cell: Cell = { key: 0, code: "" };
  /** All cells of its program. */
  @property({ attribute: false }) cells: Notebook = [];
  @property({ attribute: false }) view: CellView = { kind: "empty" };
  @property({ type: Number }) number = 1;
  @property({ type: Number }) count = 1;
  /** The piece of code to mark. */
  @property({ attribute: false }) span: Span | null = null;
  @property({ attribute: false }) report: Report | null = null;
  @property({ attribute: false }) step: number | null = null;
  @property({ attribute: false }) program!: Program;
  @property({ type: Boolean }) live = false;
  /** Whether it is the only one of its kind: not to be moved or deleted, nor to be followed by another. */
  @property({ type: Boolean }) fixed = false;

  @query("tp-editor") private editor!: TpEditor;

  protected override render(): TemplateResult {
    const name = this.cell.title ?? this.t.cell(this.number);
    return html`<article class=${this.#state()} aria-label=${name}>
      ${this.fixed ? nothing : this.#header(name)}
      <tp-editor
        .code=${this.cell.code}
        .called=${called(this.cells, this.number - 1, this.t)}
        .lit=${this.span}
        .report=${this.report}
        .step=${this.step}
        .program=${this.program}
        .live=${this.live}
      ></tp-editor>
      <tp-output .view=${this.view} .cells=${this.cells}></tp-output>
    </article>`;
  }

  #header(name: string): TemplateResult {
    return html`<header>
      <span class="name">${name}</span>
      ${this.view.kind === "ended" && this.view.edited ? html`<span class="badge">${this.t.edited}</span>` : nothing}
      ${this.#tools()}
    </header>`;
  }

  #tools(): TemplateResult {
    return html`<div class="tools" role="group" aria-label=${this.t.cellActions(this.number)}>
      ${this.#tool("run", this.t.runHere, icons.play, false, this.t.runHereAbout)}
      ${this.#tool("up", this.t.moveUp, icons.up, this.number === 1)}
      ${this.#tool("down", this.t.moveDown, icons.down, this.number === this.count)}
      ${this.#tool("add", this.t.addCell, icons.plus)} ${this.#tool("delete", this.t.deleteCell, icons.bin)}
    </div>`;
  }

  #tool(action: CellAction, label: string, icon: TemplateResult, disabled = false, about = label): TemplateResult {
    return html`<button
      type="button"
      class="tool"
      data-action=${action}
      title=${about}
      aria-label=${label}
      ?disabled=${disabled}
      @click=${() => {
        this.emit("tp-cell-action", action);
      }}
    >
      ${icon}
    </button>`;
  }

  #state(): string {
    switch (this.view.kind) {
      case "empty":
      case "waiting":
        return "";
      case "running":
        return "running";
      case "ended": {
        const { status, error } = this.view.body;
        // Before the step that failed, and while it is asked about, there is no error yet.
        if (status === "error" && error === null && this.report?.error == null) return "";
        return status === "not_run" ? "" : status;
      }
    }
  }

  /** Make a change that was offered for the code `ran`; false if it does not fit any more. */
  apply(fix: Fix, ran: string): boolean {
    return this.editor.apply(fix, ran);
  }

  /** Put the focus on the button that moved this cell, or on the other one if the cell cannot go further. */
  focusMove(action: "up" | "down"): void {
    void this.updateComplete.then(() => {
      const wanted = [action, action === "up" ? "down" : "up"];
      wanted
        .map((name) => this.renderRoot.querySelector<HTMLButtonElement>(`[data-action="${name}"]`))
        .find((button) => button?.disabled === false)
        ?.focus();
    });
  }

  override focus(): void {
    void this.updateComplete.then(() => {
      this.editor.focus();
    });
  }
}
