import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { SummaryValuesBody } from "../api/schema.ts";
import { themes } from "../theme.ts";
import { moved, type Place } from "../values/cursor.ts";
import { shapeText } from "../values/grid.ts";
import { type Subject, TileLoader } from "../values/loader.ts";
import { compact, type Element, statistic } from "../values/numbers.ts";
import { elementKey, type Marks, NO_MARKS, positions } from "../values/origins.ts";
import { GUTTER, inView, paint, type Scene } from "../values/painter.ts";
import { Palette } from "../values/palette.ts";
import { levelFor, type Tile, tilesIn, topLevel, type Zoom, zooms } from "../values/pyramid.ts";
import { type Scale, scaleOfSummary } from "../values/scale.ts";
import { height, indexOf, width } from "../values/sheets.ts";
import type { Reading, WindowNumbers } from "../values/windows.ts";
import { base, controls } from "../styles/shared.ts";
import { TpElement } from "./base.ts";
import * as icons from "./icons.ts";

/** Cells from this size on can be asked about with the pointer; a click on smaller ones brings them nearer. */
const CHOOSABLE = 8;

/**
 * A large matrix as a picture that scrolls and zooms; what is in view is asked of the service. Sends `tp-cell`.
 *
 * The canvas has the size of what is in view, and stays there while the empty sheet under it scrolls.
 */
@customElement("tp-heat-map")
export class TpHeatMap extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .frame {
        position: relative;
        height: 280px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: 6px;
        background: var(--card);
        scrollbar-width: thin;
        overscroll-behavior: contain;
      }
      .frame.low {
        height: 72px;
      }
      canvas {
        position: sticky;
        top: 0;
        left: 0;
        display: block;
        print-color-adjust: exact;
      }
      .bar {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 6px;
        align-items: center;
        min-height: 28px;
        color: var(--muted);
        font-size: 11.5px;
      }
      output {
        flex: 1 1 12em;
        min-width: 0;
        font: 11.5px/1.4 var(--mono);
        color: var(--soft);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) subject: Subject | null = null;
  @property({ attribute: false }) leading: readonly number[] = [];
  @property({ attribute: false }) shape: readonly number[] = [];
  @property() dtype = "";
  /** Of the whole tensor: its colours follow from them. */
  @property({ attribute: false }) statistics: SummaryValuesBody | null = null;
  @property({ attribute: false }) marks: Marks = NO_MARKS;
  @property({ type: Boolean }) choosable = false;

  @state() private size = 0;
  @state() private reading = "";
  @state() private loading = false;
  @query(".frame") private frame!: HTMLElement;
  @query(".sheet") private sheet!: HTMLElement;
  @query("canvas") private canvas!: HTMLCanvasElement;

  #loader: TileLoader | null = null;
  #palette: Palette | null = null;
  #scale: Scale = { kind: "sequential", low: 0, high: 0 };
  #zooms: readonly Zoom[] = [];
  #cursor: Place | null = null;
  #pointed: Place | null = null;
  #seen = false;
  #frame = 0;

  readonly #resized = new ResizeObserver(() => {
    this.#measure();
  });
  readonly #visible = new IntersectionObserver((entries) => {
    this.#seen ||= entries.some((entry) => entry.isIntersecting);
    this.#draw();
  });
  readonly #recolour = (): void => {
    this.#palette = null;
    this.#draw();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    themes.addEventListener("change", this.#recolour);
    this.#visible.observe(this);
    void this.updateComplete.then(() => {
      this.#resized.observe(this.frame);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    themes.removeEventListener("change", this.#recolour);
    this.#visible.disconnect();
    this.#resized.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#loader?.close();
    this.#loader = null;
  }

  get #rows(): number {
    return height(this.shape);
  }

  get #columns(): number {
    return width(this.shape);
  }

  get #zoom(): Zoom {
    return this.#zooms[this.size] ?? { width: 1, height: 1, text: false };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const subject = changed.get("subject");
    const other = changed.has("subject") && JSON.stringify(subject) !== JSON.stringify(this.subject);
    if (other || changed.has("leading") || changed.has("shape")) {
      this.#loader?.close();
      this.#loader = null;
      this.reading = "";
    }
    if (changed.has("shape")) this.#cursor = null;
    if (changed.has("statistics") && this.statistics !== null) this.#scale = scaleOfSummary(this.statistics);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("shape")) this.#measure();
    this.#draw();
  }

  protected override render(): TemplateResult {
    const label = this.t.heatMap(shapeText(this.shape));
    const failure = this.#loader?.failure ?? null;
    return html`<div
        class="frame ${this.#rows < 4 ? "low" : ""}"
        tabindex="0"
        role="application"
        aria-label=${label}
        aria-description=${this.t.heatMapKeys}
        title=${this.t.heatMapKeys}
        @scroll=${this.#draw}
        @wheel=${this.#wheel}
        @keydown=${this.#key}
        @pointermove=${this.#move}
        @pointerleave=${this.#leave}
        @click=${this.#click}
        @blur=${() => {
          this.#cursor = null;
          this.#draw();
        }}
      >
        <div class="sheet"><canvas aria-hidden="true"></canvas></div>
      </div>
      <div class="bar">
        ${this.#button(this.t.zoomOut, icons.minus, -1)} ${this.#button(this.t.zoomIn, icons.plus, 1)}
        <button
          type="button"
          class="tool"
          title=${this.t.heatMapWhole}
          aria-label=${this.t.heatMapWhole}
          ?disabled=${this.size === 0}
          @click=${() => {
            this.#zoomTo(0, null);
          }}
        >
          ${icons.fit}
        </button>
        <output aria-live="polite">
          ${failure !== null ? failure || this.t.heatMapFailed : this.reading || (this.loading ? this.t.heatMapLoading : nothing)}
        </output>
      </div>`;
  }

  #button(text: string, icon: TemplateResult, by: number): TemplateResult {
    const to = this.size + by;
    return html`<button
      type="button"
      class="tool"
      title=${text}
      aria-label=${text}
      ?disabled=${to < 0 || to >= this.#zooms.length}
      @click=${() => {
        this.#zoomTo(to, null);
      }}
    >
      ${icon}
    </button>`;
  }

  /** Take the size of what is in view, and the zooms that follow from it. */
  #measure(): void {
    if (!this.hasUpdated) return;
    const { clientWidth, clientHeight } = this.frame;
    if (clientWidth === 0 || clientHeight === 0) return;
    const text = { width: this.#textWidth(), height: 22, text: true };
    const whole = { width: clientWidth - GUTTER.left - 1, height: clientHeight - GUTTER.top - 1 };
    this.#zooms = zooms(this.#rows, this.#columns, whole.width, whole.height, text);
    this.size = Math.min(this.size, this.#zooms.length - 1);
    this.#layOut();
    this.requestUpdate();
  }

  #layOut(): void {
    const zoom = this.#zoom;
    this.sheet.style.width = `${GUTTER.left + Math.ceil(this.#columns * zoom.width)}px`;
    this.sheet.style.height = `${GUTTER.top + Math.ceil(this.#rows * zoom.height)}px`;
  }

  #textWidth(): number {
    if (this.dtype.includes("complex")) return 132;
    if (this.dtype.includes("bool")) return 48;
    if (!this.#integral) return 72;
    const widest = [this.statistics?.min, this.statistics?.max].map((extreme) => statistic(extreme).length);
    return 18 + 7 * Math.max(...widest, 2);
  }

  get #integral(): boolean {
    return /int|bool|long|short/.test(this.dtype);
  }

  /** Paint before the next frame. */
  readonly #draw = (): void => {
    if (this.#frame !== 0 || !this.hasUpdated || !this.#seen || this.#zooms.length === 0) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  };

  #paint(): void {
    const { clientWidth, clientHeight } = this.frame;
    const density = window.devicePixelRatio;
    const context = this.canvas.getContext("2d");
    if (context === null || this.subject === null) return;
    const [wide, high] = [Math.round(clientWidth * density), Math.round(clientHeight * density)];
    if (this.canvas.width !== wide || this.canvas.height !== high) {
      this.canvas.width = wide;
      this.canvas.height = high;
      this.canvas.style.width = `${clientWidth}px`;
      this.canvas.style.height = `${clientHeight}px`;
    }
    const loader = (this.#loader ??= new TileLoader(
      { ...this.subject, leading: [...this.leading] },
      this.#rows,
      this.#columns,
      () => {
        this.requestUpdate();
      },
    ));
    const found = { width: clientWidth, height: clientHeight, density, ...this.#scene() };
    const tiles = this.#tiles(found, density);
    loader.want(tiles);
    this.loading = loader.busy;
    const known = tiles.map((tile) => loader.tile(tile)).filter((tile) => tile !== null);
    paint(context, { ...found, tiles: known });
    const at = this.#pointed ?? this.#cursor;
    this.reading = at === null ? "" : this.#said(at, known);
  }

  #scene(): Omit<Scene, "tiles" | "width" | "height" | "density"> {
    return {
      left: this.frame.scrollLeft,
      top: this.frame.scrollTop,
      zoom: this.#zoom,
      rows: this.#rows,
      columns: this.#columns,
      scale: this.#scale,
      palette: (this.#palette ??= new Palette(this)),
      marks: this.#marked(),
      cursor: this.#cursor,
      element: (row, column) => this.#element(row, column),
      write: (element) => compact(element, this.#integral),
    };
  }

  /** The tiles in view, coarse before fine: the whole matrix, and what is finer where it is looked at more closely. */
  #tiles(scene: Omit<Scene, "tiles">, density: number): Tile[] {
    const top = topLevel(this.#rows, this.#columns);
    const level = levelFor(scene.zoom, density, top);
    const whole: Tile = { level: top, row: 0, column: 0 };
    return level === top ? [whole] : [whole, ...tilesIn(level, inView(scene))];
  }

  /** The marks that lie in the matrix that is shown. */
  #marked(): Scene["marks"] {
    return positions(this.marks)
      .filter(({ leading }) => leading.join() === this.leading.join())
      .flatMap(({ at }) => {
        const mark = this.marks.get(elementKey(indexOf(this.shape.length, this.leading, at.row, at.column)));
        return mark === undefined ? [] : [{ at, mark }];
      });
  }

  #finest(row: number, column: number, tiles: readonly WindowNumbers[]): Reading | null {
    for (const tile of tiles.toReversed()) {
      const reading = tile.at(row, column);
      if (reading !== null) return reading;
    }
    return null;
  }

  #element(row: number, column: number): Element | null {
    const [tile] = tilesIn(0, { rows: [row, row + 1], columns: [column, column + 1] });
    const numbers = tile === undefined ? null : (this.#loader?.tile(tile) ?? null);
    const reading = numbers?.at(row, column) ?? null;
    return reading?.kind === "element" ? reading.element : null;
  }

  /** What is known of a cell, in words. */
  #said({ row, column }: Place, tiles: readonly WindowNumbers[]): string {
    const reading = this.#finest(row, column, tiles);
    const write = (element: Element): string => compact(element, this.#integral, 7);
    if (reading === null) return `[${this.#index(String(row), String(column))}]`;
    if (reading.kind === "element") {
      const mark = this.marks.get(elementKey(indexOf(this.shape.length, this.leading, row, column)));
      const derivative = mark?.text === null || mark === undefined ? "" : `  ∂ ${mark.text}`;
      return `[${this.#index(String(row), String(column))}] = ${write(reading.element)}${derivative}`;
    }
    const side = ([from, to]: readonly [number, number]): string => (to - from > 1 ? `${from}:${to}` : String(from));
    const said = this.t.block(
      compact(reading.mean, false, 5),
      compact(reading.least, this.#integral, 5),
      compact(reading.most, this.#integral, 5),
    );
    return `[${this.#index(side(reading.rows), side(reading.columns))}]  ${said}`;
  }

  #index(row: string, column: string): string {
    return this.shape.length > 1 ? [...this.leading, row, column].join(", ") : column;
  }

  /** Zoom so that what is under `anchor` stays there; without one, the middle, or the cursor where there is one. */
  #zoomTo(size: number, anchor: { readonly x: number; readonly y: number } | null): void {
    const to = Math.min(Math.max(size, 0), this.#zooms.length - 1);
    if (to === this.size) return;
    const before = this.#zoom;
    const { frame } = this;
    const at = anchor ?? this.#middle(before);
    const column = (frame.scrollLeft + at.x - GUTTER.left) / before.width;
    const row = (frame.scrollTop + at.y - GUTTER.top) / before.height;
    this.size = to;
    this.#layOut();
    frame.scrollLeft = column * this.#zoom.width - at.x + GUTTER.left;
    frame.scrollTop = row * this.#zoom.height - at.y + GUTTER.top;
    this.#draw();
  }

  #middle(zoom: Zoom): { x: number; y: number } {
    const { clientWidth, clientHeight, scrollLeft, scrollTop } = this.frame;
    if (this.#cursor === null) return { x: (clientWidth + GUTTER.left) / 2, y: (clientHeight + GUTTER.top) / 2 };
    return {
      x: GUTTER.left + (this.#cursor.column + 0.5) * zoom.width - scrollLeft,
      y: GUTTER.top + (this.#cursor.row + 0.5) * zoom.height - scrollTop,
    };
  }

  /** The cell under the pointer; null over a ruler or beyond the matrix. */
  #under(event: MouseEvent): Place | null {
    const { left, top } = this.frame.getBoundingClientRect();
    const x = event.clientX - left - this.frame.clientLeft - GUTTER.left;
    const y = event.clientY - top - this.frame.clientTop - GUTTER.top;
    if (x < 0 || y < 0) return null;
    const column = Math.floor((x + this.frame.scrollLeft) / this.#zoom.width);
    const row = Math.floor((y + this.frame.scrollTop) / this.#zoom.height);
    return row < this.#rows && column < this.#columns ? { row, column } : null;
  }

  readonly #move = (event: PointerEvent): void => {
    this.#pointed = this.#under(event);
    this.#draw();
  };

  readonly #leave = (): void => {
    this.#pointed = null;
    this.#draw();
  };

  readonly #click = (event: MouseEvent): void => {
    const at = this.#under(event);
    if (at === null) return;
    const zoom = this.#zoom;
    if (Math.min(zoom.width, zoom.height) < CHOOSABLE && this.size < this.#zooms.length - 1) {
      const { left, top } = this.frame.getBoundingClientRect();
      this.#zoomTo(this.size + 2, { x: event.clientX - left, y: event.clientY - top });
    } else if (this.choosable) this.emit("tp-cell", at);
  };

  readonly #wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left, top } = this.frame.getBoundingClientRect();
    this.#zoomTo(this.size - Math.sign(event.deltaY), { x: event.clientX - left, y: event.clientY - top });
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    switch (event.key) {
      case "+":
      case "=":
        this.#zoomTo(this.size + 1, null);
        break;
      case "-":
        this.#zoomTo(this.size - 1, null);
        break;
      case "0":
        this.#zoomTo(0, null);
        break;
      case "Enter":
        if (this.#cursor === null || !this.choosable || event.ctrlKey || event.metaKey) return;
        this.emit("tp-cell", this.#cursor);
        break;
      default:
        if (!this.#step(event)) return;
    }
    event.preventDefault();
  };

  /** Move the cursor: by a cell where cells can be told apart, else by what can. */
  #step(event: KeyboardEvent): boolean {
    const zoom = this.#zoom;
    const view = inView({
      ...this.#scene(),
      width: this.frame.clientWidth,
      height: this.frame.clientHeight,
      density: 1,
    });
    const from = this.#cursor ?? { row: view.rows[0], column: view.columns[0] };
    const step = Math.max(1, Math.round(4 / Math.min(zoom.width, zoom.height)));
    let to = moved(from, event.key, event.ctrlKey || event.metaKey, this.#rows, this.#columns, 10 * step);
    if (to === null) return false;
    if (this.#cursor === null) to = from;
    else if (step > 1 && event.key.startsWith("Arrow"))
      to = {
        row: Math.min(Math.max(from.row + step * (to.row - from.row), 0), this.#rows - 1),
        column: Math.min(Math.max(from.column + step * (to.column - from.column), 0), this.#columns - 1),
      };
    this.#cursor = to;
    this.#pointed = null;
    this.#reveal(to);
    this.#draw();
    return true;
  }

  #reveal({ row, column }: Place): void {
    const { frame } = this;
    const zoom = this.#zoom;
    const along = (scroll: number, room: number, at: number, size: number): number =>
      Math.max(Math.min(scroll, at), at + size - room);
    frame.scrollLeft = along(frame.scrollLeft, frame.clientWidth - GUTTER.left, column * zoom.width, zoom.width);
    frame.scrollTop = along(frame.scrollTop, frame.clientHeight - GUTTER.top, row * zoom.height, zoom.height);
  }
}
