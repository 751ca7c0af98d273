import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { type Cell, called, type Notebook } from "../run/notebook.ts";
import { type CellView, viewOf } from "../run/cell-view.ts";
import { latest, type Session } from "../run/session.ts";
import { litIn } from "../program/lit.ts";
import { DARK, type Lights } from "../timeline/lights.ts";
import { TpElement } from "../ui/base.ts";
import { base } from "../ui/styles.ts";

import "../program/tp-error.ts";
import "../program/tp-output.ts";
import "./tp-listing.ts";

/** A program to read: its source, and what each cell printed, gave and raised by a step. */
@customElement("tp-reading")
export class TpReading extends TpElement {
  static override styles = [
    base,
    css`
      article {
        overflow: clip;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      article + article,
      details + article {
        margin-top: 8px;
      }
      tp-error,
      tp-output {
        --fix-button: none;
      }
    `,
  ];

  @property({ attribute: false }) cells: Notebook = [];
  /** So many of them come before those that are read, and fold. */
  @property({ type: Number }) setup = 0;
  @property({ attribute: false }) session: Session = { kind: "idle" };
  /** The step that is shown, by its index; null for the end. */
  @property({ attribute: false }) step: number | null = null;
  /** What is lit, of which the source is marked here. */
  @property({ attribute: false }) lit: Lights = DARK;

  protected override render(): TemplateResult {
    const cells = this.cells.map((cell, index) => this.#cell(cell, index));
    const { setup } = this;
    return html`${
      setup === 0
        ? nothing
        : html`<details>
            <summary>${this.t.runFirst(setup)}</summary>
            ${cells.slice(0, setup)}
          </details>`
    }
    ${cells.slice(setup)}`;
  }

  #cell(cell: Cell, index: number): TemplateResult {
    const answer = latest(this.session);
    const view = viewOf(this.session, cell, this.step);
    return html`<article aria-label=${cell.title ?? this.t.cell(index + 1)}>
      <tp-listing
        .code=${cell.code.replace(/\n+$/, "")}
        .label=${this.t.viewer.codeOf(called(this.cells, index, this.t))}
        .lit=${litIn(answer, cell, this.lit.span)}
      ></tp-listing>
      ${this.#error(view)}
      <tp-output .view=${view} .cells=${this.cells}></tp-output>
    </article>`;
  }

  /** An error in this cell's own source, which its output leaves to the source. */
  #error(view: CellView): TemplateResult | typeof nothing {
    const error = view.kind === "ended" ? view.body.error : null;
    if (error?.line == null || error.cell !== null) return nothing;
    return html`<tp-error .error=${error} .cells=${this.cells}></tp-error>`;
  }
}
