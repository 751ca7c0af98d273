import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { moved, type GridCell } from "./cursor.ts";
import type { Mark } from "./origins.ts";
import { type Scale, tintStyle } from "../numbers/scale.ts";
import type { Sheet } from "./sheets.ts";
import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import { measureForPaper, Paper } from "../ui/paper.ts";

const EMPTY: Sheet = { matrix: [], texts: [], rows: [], columns: [], height: 0, width: 0 };

/**
 * A matrix of numbers as a grid that the arrow keys move in; each cell's colour says its sign and size.
 *
 * Sends `tp-cell` when a cell is chosen, by a click or Enter, and `tp-cursor` when one is pointed at (null: no longer); the
 * detail is its row and column in the tensor's matrix.
 */
@customElement("tp-matrix")
export class TpMatrix extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        overflow-x: auto;
        scrollbar-width: thin;
      }
      table {
        border-spacing: 0.16em;
        font: 12.5px/1.35 var(--mono);
      }
      th {
        padding: 0 0.4em;
        color: var(--muted);
        font-size: 0.8em;
        font-weight: 400;
      }
      td {
        position: relative;
        min-width: calc(var(--chars, 2) * 1ch + 1.12em);
        padding: 0.24em 0.56em;
        border-radius: 4px;
        background: color-mix(in oklab, var(--tone, var(--panel)) var(--share, 0%), var(--panel));
        color: var(--ink);
        text-align: right;
        white-space: nowrap;
        print-color-adjust: exact;
      }
      .choosable td:not(.gap) {
        cursor: pointer;
      }
      td:where(:not(.gap)):hover,
      td.peer {
        box-shadow: inset 0 0 0 1.5px var(--line-strong);
      }
      td:focus-visible {
        outline-offset: 0;
      }
      td.odd {
        outline: 1px dashed var(--line-strong);
        outline-offset: -1px;
      }
      td.blank {
        opacity: 0.6;
      }
      td.gap {
        min-width: 0;
        background: none;
        color: var(--muted);
        text-align: center;
      }
      td.asked,
      td.source {
        box-shadow: inset 0 0 0 2px var(--accent);
      }
      td.source {
        box-shadow: inset 0 0 0 2px var(--lit);
      }
      td.index {
        box-shadow: none;
        outline: 2px dashed var(--lit);
        outline-offset: -2px;
      }
      small {
        display: block;
        color: var(--ink);
        font-size: 0.8em;
        line-height: 1.2;
      }
      /* What a step changed: a corner that stays, and a flash where motion is welcome. */
      td.changed::after {
        position: absolute;
        top: 0;
        right: 0;
        border: 4px solid transparent;
        border-top-color: var(--accent);
        border-right-color: var(--accent);
        border-top-right-radius: 4px;
        content: "";
      }
      td.changed {
        animation: flash 0.9s ease-out;
      }
      @keyframes flash {
        from {
          background: var(--lit);
          color: #1b2330;
        }
      }
      @media print {
        table {
          font-size: min(12.5px, (100cqi - 66px) / var(--ems, 1));
        }
      }
    `,
  ];

  @property({ attribute: false }) sheet: Sheet = EMPTY;
  /** Whether the elements are awaited: then there is only room for them. */
  @property({ type: Boolean }) blank = false;
  @property({ attribute: false }) scale: Scale = { kind: "sequential", low: 0, high: 0 };
  @property() label = "";
  /** Dimensions of the tensor: a scalar has no indices to show, a vector only one row of them. */
  @property({ type: Number }) dimensions = 2;
  /** Characters of the widest text, also of what the grid is to line up with. */
  @property({ type: Number }) chars = 2;
  /** Whether something can be asked about a cell. */
  @property({ type: Boolean }) choosable = false;
  /** The mark on a cell, by its row and column in the tensor. */
  @property({ attribute: false }) mark: (row: number, column: number) => Mark | null = () => null;
  @property({ attribute: false }) changed: (row: number, column: number) => boolean = () => false;
  /** The cell that is pointed at in a grid beside this one. */
  @property({ attribute: false }) peer: GridCell | null = null;

  /** The cell that Tab leads to, counted among the known ones. */
  @state() private cursor: GridCell = { row: 0, column: 0 };
  #focus = false;

  constructor() {
    super();
    this.addController(
      new Paper(() => {
        const table = this.renderRoot.querySelector("table");
        if (table !== null) measureForPaper(table);
      }),
    );
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("sheet") || this.blank) return;
    const { matrix } = this.sheet;
    this.cursor = {
      row: Math.min(this.cursor.row, Math.max(0, matrix.length - 1)),
      column: Math.min(this.cursor.column, Math.max(0, (matrix[0]?.length ?? 1) - 1)),
    };
  }

  protected override updated(): void {
    if (!this.#focus) return;
    this.#focus = false;
    this.renderRoot.querySelector<HTMLElement>('td[tabindex="0"]')?.focus();
  }

  protected override render(): TemplateResult {
    const { rows, columns, height, width } = this.sheet;
    return html`<table
      role=${this.blank ? "presentation" : "grid"}
      aria-hidden=${this.blank ? "true" : nothing}
      aria-label=${this.blank ? nothing : this.label}
      aria-rowcount=${this.blank ? nothing : height}
      aria-colcount=${this.blank ? nothing : width}
      class=${this.choosable ? "choosable" : ""}
      style="--chars: ${this.chars}"
      @keydown=${this.#key}
    >
      ${
        this.dimensions === 0
          ? nothing
          : html`<thead>
              <tr>
                ${this.dimensions > 1 ? html`<td class="gap"></td>` : nothing}
                ${columns.map((column) => html`<th scope="col">${column ?? "⋯"}</th>`)}
              </tr>
            </thead>`
      }
      <tbody>
        ${this.#body(rows)}
      </tbody>
    </table>`;
  }

  #body(rows: readonly (number | null)[]): TemplateResult[] {
    let known = 0;
    return rows.map((row) => {
      const down = row === null ? null : known++;
      return html`<tr aria-rowindex=${row === null ? nothing : row + 1}>
        ${this.dimensions > 1 ? html`<th scope="row">${row ?? "⋮"}</th>` : nothing}${this.#row(row, down)}
      </tr>`;
    });
  }

  #row(row: number | null, down: number | null): TemplateResult[] {
    let known = 0;
    return this.sheet.columns.map((column) => {
      if (column === null) return html`<td class="gap">${row === null ? "⋱" : "⋯"}</td>`;
      const across = known++;
      if (row === null || down === null) return html`<td class="gap">⋮</td>`;
      if (this.blank) return html`<td class="blank">&nbsp;</td>`;
      return this.#cell({ row: down, column: across }, { row, column });
    });
  }

  #cell(shown: GridCell, at: GridCell): TemplateResult {
    const element = this.sheet.matrix[shown.row]?.[shown.column] ?? "?";
    const colour = tintStyle(element, this.scale);
    const mark = this.mark(at.row, at.column);
    const classes = [
      colour === "" ? "odd" : "",
      mark === null ? "" : mark.kind === "asked" ? "asked" : mark.kind === "index" ? "source index" : "source",
      this.changed(at.row, at.column) ? "changed" : "",
      this.peer?.row === at.row && this.peer.column === at.column ? "peer" : "",
    ].filter((name) => name !== "");
    const under = this.cursor.row === shown.row && this.cursor.column === shown.column;
    return html`<td
      role="gridcell"
      tabindex=${under ? "0" : "-1"}
      aria-colindex=${at.column + 1}
      class=${classes.length > 0 ? classes.join(" ") : nothing}
      style=${colour === "" ? nothing : colour}
      @focus=${() => {
        this.cursor = shown;
        this.emit("tp-cursor", at);
      }}
      @blur=${this.#left}
      @pointerenter=${() => {
        this.emit("tp-cursor", at);
      }}
      @pointerleave=${this.#left}
      @click=${() => {
        this.#choose(at);
      }}
    >
      ${this.sheet.texts[shown.row]?.[shown.column] ?? "?"}${
        mark?.text === null || mark === null ? nothing : html`<small>∂ ${mark.text}</small>`
      }
    </td>`;
  }

  readonly #left = (): void => {
    this.emit("tp-cursor", null);
  };

  readonly #key = (event: KeyboardEvent): void => {
    const { matrix, rows, columns } = this.sheet;
    if (event.altKey || event.shiftKey) return;
    if (event.key === "Enter" || event.key === " ") {
      const row = rows.filter((index) => index !== null)[this.cursor.row];
      const column = columns.filter((index) => index !== null)[this.cursor.column];
      if (row === undefined || column === undefined || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      this.#choose({ row, column });
      return;
    }
    const whole = event.ctrlKey || event.metaKey;
    const to = moved(this.cursor, event.key, whole, matrix.length, matrix[0]?.length ?? 0);
    if (to === null) return;
    event.preventDefault();
    this.cursor = to;
    this.#focus = true;
  };

  #choose(at: GridCell): void {
    if (this.choosable) this.emit("tp-cell", at);
  }
}
