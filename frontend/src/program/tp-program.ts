import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { Fix } from "../api/schema.ts";
import type { Program } from "./editor/page.ts";
import { DARK, type Lights } from "../timeline/lights.ts";
import { litIn } from "./lit.ts";
import { revealSource } from "./reveal.ts";
import {
  added,
  type Cell,
  deletion,
  type Deletion,
  edited,
  moved,
  type Notebook,
  removed,
  restored,
  sources,
  upTo,
} from "../run/notebook.ts";
import { reportOf, withheld } from "./reports.ts";
import { latest, type Session } from "../run/session.ts";
import { viewOf } from "../run/cell-view.ts";
import { base } from "../ui/styles.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";
import type { Sent } from "../ui/events.ts";
import * as icons from "../ui/icons.ts";
import type { CellAction } from "./events.ts";
import type { TpCell } from "./tp-cell.ts";
import type { TpDeletedCell } from "./tp-deleted-cell.ts";
import { layout } from "./tp-program.styles.ts";

import "./tp-cell.ts";
import "./tp-deleted-cell.ts";
import "./tp-run-problem.ts";
import "./tp-run-bar.ts";

/**
 * The program: its cells, what can be done with them, and how its run goes. Like a text field it keeps what is typed: `cells`
 * follows the person, and `tp-cells` says so. Sends `tp-run-to` with the cells up to the one that is to be run, and
 * what is within it sends.
 */
@customElement("tp-program")
export class TpProgram extends TpElement {
  static override styles = [base, layout];

  @property({ attribute: false }) cells: Notebook = [];
  @property({ attribute: false }) session: Session = { kind: "idle" };
  @property({ attribute: false }) timeline: Timeline | null = null;
  /** The step that the page shows, by its index; null for the end. */
  @property({ attribute: false }) step: number | null = null;
  /** What is lit, of which the source is marked here. */
  @property({ attribute: false }) lit: Lights = DARK;
  /** What is lit and to be brought into view. */
  @property({ attribute: false }) pinned: Lights = DARK;
  /** Whether the program runs as it is typed. */
  @property({ type: Boolean }) live = false;
  /** Whether questions about the run are left: what would answer them is not shown. */
  @property({ type: Boolean }) asks = false;

  /** So many cells come before the only one that is to be worked on, and fold. Null: all can be worked on, and there may be more. */
  @property({ attribute: false }) setup: number | null = null;

  /** Whether the cells before are shown. */
  @state() private unfolded = false;
  /** The cell that was deleted last, until it is restored or another is deleted. */
  @state() private deleted: Deletion | null = null;

  /** The cells as they were changed last here. */
  #changed: Notebook = [];
  #program: Program = { sources: [], timeline: null };
  readonly #applied = new WeakSet<Fix>();

  /** What a tour points at. */
  get anchor(): Element | null {
    return this.renderRoot.querySelector(".cells");
  }

  /**
   * Make a change that an explanation offers, in the cell that it is about. Returns the cells to run again: those that were run
   * then. Null if it does not fit any more, or has been made already.
   */
  apply(fix: Fix): Notebook | null {
    const then = latest(this.session)?.cells ?? [];
    const ran = then[fix.span.cell];
    const cell = this.#shown().find((shown) => shown.cell.key === ran?.key);
    if (ran === undefined || cell === undefined) return null;
    // A line put before another leaves that one as it was, so that it would fit again and again.
    if (this.#applied.has(fix) && cell.cell.code !== ran.code) return null;
    if (!cell.apply(fix, ran.code)) return null;
    this.#applied.add(fix);
    const last = this.cells.findLast(({ key }) => then.some((earlier) => earlier.key === key));
    return last === undefined ? this.cells : upTo(this.cells, last.key);
  }

  /** Put the focus into the first cell. */
  override focus(): void {
    this.#focusCell(0);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("cells") && this.cells !== this.#changed) this.deleted = null;
    if (changed.has("cells") || changed.has("timeline"))
      this.#program = { sources: sources(this.cells), timeline: this.timeline };
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("pinned")) revealSource(this.#shown());
  }

  protected override render(): TemplateResult {
    return html`<section class="program" role=${this.setup === null ? nothing : "group"} aria-label=${this.t.program}>
      <tp-run-bar .session=${this.session} .live=${this.live} .asks=${this.asks}></tp-run-bar>
      <tp-run-problem .session=${this.session}></tp-run-problem>
      ${this.#before()}
      <div class="cells">
        ${repeat(
          this.cells.slice(this.setup ?? 0),
          (cell) => cell.key,
          (cell, at) => html`${this.#gap(at)}${this.#cell(cell, at + (this.setup ?? 0))}`,
        )}
        ${this.#gap(this.cells.length)}
        ${
          this.setup === null
            ? html`<button type="button" class="add" @click=${this.#addLast}>
                ${icons.plus} ${this.t.addLastCell}
              </button>`
            : nothing
        }
      </div>
    </section>`;
  }

  /** The cells that only have to run before. */
  #before(): TemplateResult | typeof nothing {
    const { setup } = this;
    if (setup === null || setup === 0) return nothing;
    return html`<details
      class="before"
      @toggle=${(event: Event) => {
        if (event.currentTarget instanceof HTMLDetailsElement) this.unfolded = event.currentTarget.open;
      }}
    >
      <summary>${this.t.runFirst(setup)}</summary>
      ${this.unfolded ? html`<div class="cells">${this.cells.slice(0, setup).map((cell, at) => this.#cell(cell, at))}</div>` : nothing}
    </details>`;
  }

  #cell(cell: Cell, index: number): TemplateResult {
    const report = reportOf(latest(this.session), cell.key);
    return html`<tp-cell
      .cell=${cell}
      .cells=${this.cells}
      .view=${viewOf(this.session, cell, this.step)}
      .number=${index + 1}
      .count=${this.cells.length}
      .span=${litIn(latest(this.session), cell, this.lit.span)}
      .report=${this.asks ? withheld(report) : report}
      .step=${this.step}
      .program=${this.#program}
      .live=${this.live}
      .fixed=${this.setup !== null}
      @tp-edit=${(event: Sent<"tp-edit">) => {
        this.#change(edited(this.cells, cell.key, event.detail));
      }}
      @tp-run-on=${() => {
        this.#runOn(cell.key, index);
      }}
      @tp-cell-action=${(event: Sent<"tp-cell-action">) => {
        this.#act(event.detail, cell.key, index);
      }}
    ></tp-cell>`;
  }

  /** What is before the cell at `index`: the way back, if a cell was deleted there. */
  #gap(index: number): TemplateResult | typeof nothing {
    if (this.deleted === null || Math.min(this.deleted.index, this.cells.length) !== index) return nothing;
    return html`<tp-deleted-cell
      .number=${this.deleted.index + 1}
      @tp-restore=${this.#restore}
      @tp-dismiss=${() => {
        this.deleted = null;
      }}
    ></tp-deleted-cell>`;
  }

  #act(action: CellAction, key: number, index: number): void {
    switch (action) {
      case "run":
        this.emit("tp-run-to", upTo(this.cells, key));
        return;
      case "add":
        this.#change(added(this.cells, key));
        this.#focusCell(index + 1);
        return;
      case "delete":
        this.deleted = deletion(this.cells, key);
        this.#change(removed(this.cells, key));
        if (this.deleted === null) this.#focusCell(Math.max(0, index - 1));
        else this.#focusDeleted();
        return;
      case "up":
      case "down":
        this.#change(moved(this.cells, key, action === "up" ? -1 : 1));
        void this.updateComplete.then(() => {
          this.#shown()
            .find((cell) => cell.cell.key === key)
            ?.focusMove(action);
        });
        return;
    }
  }

  readonly #restore = (): void => {
    if (this.deleted === null) return;
    const { index } = this.deleted;
    this.#change(restored(this.cells, this.deleted));
    this.deleted = null;
    this.#focusCell(index);
  };

  readonly #addLast = (): void => {
    this.#change(added(this.cells, this.cells.at(-1)?.key ?? 0));
    this.#focusCell(this.cells.length - 1);
  };

  /** Run up to a cell and go on to the next; after the last, to a new one. */
  #runOn(key: number, index: number): void {
    this.emit("tp-run-to", upTo(this.cells, key));
    if (this.setup !== null) return;
    if (index === this.cells.length - 1) this.#change(added(this.cells, key));
    this.#focusCell(index + 1);
  }

  #change(cells: Notebook): void {
    this.#changed = cells;
    this.cells = cells;
    this.emit("tp-cells", cells);
  }

  #shown(): TpCell[] {
    return [...this.renderRoot.querySelectorAll<TpCell>("tp-cell")];
  }

  #focusDeleted(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<TpDeletedCell>("tp-deleted-cell")?.focus();
    });
  }

  #focusCell(index: number): void {
    void this.updateComplete.then(() => {
      this.#shown()[index]?.focus();
    });
  }
}
