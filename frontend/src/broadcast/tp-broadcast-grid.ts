import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import type { PointedCell } from "./events.ts";

/** A cell as it is drawn. `tint` is the style of its colour. */
export interface DrawnCell {
  readonly text: string;
  readonly tint: string;
  readonly ghost: boolean;
  readonly lit: boolean;
  readonly label: string;
}

/** A matrix of cells of which some are ghosts. Sends `tp-pointed` with the cell that is pointed at, by keyboard too if `reachable`. */
@customElement("tp-broadcast-grid")
export class TpBroadcastGrid extends TpElement {
  static override styles = [
    base,
    css`
      table {
        border-spacing: 3px;
        font: 12.5px/1.35 var(--mono);
      }
      th {
        padding: 0 4px;
        color: var(--muted);
        font-size: 10px;
        font-weight: 400;
      }
      td {
        min-width: 32px;
        padding: 3px 7px;
        border: 1px solid transparent;
        border-radius: 4px;
        background: color-mix(in oklab, var(--tone, var(--panel)) var(--share, 0%), var(--panel));
        text-align: right;
        white-space: nowrap;
        cursor: default;
      }
      td.cell {
        border-color: var(--line);
      }
      td.ghost {
        border: 1px dashed var(--line-strong);
        background: none;
        color: var(--muted);
      }
      td.lit {
        border-color: var(--lit);
        background: var(--lit-ground);
        box-shadow: 0 0 0 1px var(--lit);
        color: var(--ink);
      }
      td.gap {
        background: none;
        color: var(--muted);
        text-align: center;
      }
    `,
  ];

  /** The indices that are shown; null for a gap. */
  @property({ attribute: false }) rows: readonly (number | null)[] = [];
  @property({ attribute: false }) columns: readonly (number | null)[] = [];
  @property({ attribute: false }) cellAt: (row: number, column: number) => DrawnCell = () => ({
    text: "",
    tint: "",
    ghost: false,
    lit: false,
    label: "",
  });
  @property() label = "";
  @property({ type: Boolean }) reachable = false;
  /** Whether it has rows to count: a vector has none. */
  @property({ type: Boolean }) counted = true;
  /** Among the shown rows and columns without gaps. */
  @state() private at = { row: 0, column: 0 };

  protected override render(): TemplateResult {
    return html`<table
      role=${this.reachable ? "grid" : nothing}
      aria-label=${this.label}
      @pointerleave=${() => {
        this.#point(null);
      }}
      @keydown=${this.#key}
    >
      <thead>
        <tr>
          ${this.counted ? html`<td class="gap"></td>` : nothing}
          ${this.columns.map((column) => html`<th scope="col">${column ?? "⋯"}</th>`)}
        </tr>
      </thead>
      <tbody>
        ${this.rows.map(
          (row) =>
            html`<tr>
              ${this.counted ? html`<th scope="row">${row ?? "⋮"}</th>` : nothing}
              ${this.columns.map((column) =>
                row === null || column === null
                  ? html`<td class="gap">${row !== null ? "⋯" : column === null ? "⋱" : "⋮"}</td>`
                  : this.#cell(row, column),
              )}
            </tr>`,
        )}
      </tbody>
    </table>`;
  }

  #cell(row: number, column: number): TemplateResult {
    const { text, tint, ghost, lit, label } = this.cellAt(row, column);
    const here = row === this.#known(this.rows)[this.at.row] && column === this.#known(this.columns)[this.at.column];
    return html`<td
      class="cell ${ghost ? "ghost" : ""} ${lit ? "lit" : ""}"
      style=${tint === "" ? nothing : tint}
      data-cell="${row},${column}"
      tabindex=${this.reachable ? (here ? 0 : -1) : nothing}
      aria-label=${label === "" ? nothing : label}
      @pointerenter=${() => {
        this.#point({ row, column });
      }}
      @focus=${() => {
        this.at = { row: this.#known(this.rows).indexOf(row), column: this.#known(this.columns).indexOf(column) };
        this.#point({ row, column });
      }}
      @blur=${() => {
        this.#point(null);
      }}
    >
      ${text}
    </td>`;
  }

  #key(event: KeyboardEvent): void {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!this.reachable || by === undefined) return;
    event.preventDefault();
    const row = this.#known(this.rows)[this.at.row + (by[0] ?? 0)];
    const column = this.#known(this.columns)[this.at.column + (by[1] ?? 0)];
    this.renderRoot.querySelector<HTMLElement>(`[data-cell="${row},${column}"]`)?.focus();
  }

  #known(indices: readonly (number | null)[]): number[] {
    return indices.filter((index) => index !== null);
  }

  #point(pointed: PointedCell): void {
    this.emit("tp-pointed", pointed);
  }
}
