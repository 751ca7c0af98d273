import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { SummaryValues } from "../../api/schema.ts";
import { base, controls } from "../../ui/styles.ts";
import { themes } from "../../theme.ts";
import type { GridCell } from "../cursor.ts";
import { contextOf, Drawing } from "./drawing.ts";
import { shapeText } from "../../numbers/grid.ts";
import { type Subject, TileLoader } from "./loader.ts";
import { compact, isIntegral } from "../../numbers/text.ts";
import { type Marks, NO_MARKS, markedCellsIn } from "../origins.ts";
import { paint } from "./painter.ts";
import { Palette } from "./palette.ts";
import { textZoom } from "./pyramid.ts";
import { finest, said } from "./reading.ts";
import { type Scale, scaleOfSummary } from "../../numbers/scale.ts";
import { height, width } from "../sheets.ts";
import { tilesFor } from "./view.ts";
import { type Point, Viewport } from "./viewport.ts";
import { TpElement } from "../../ui/base.ts";
import * as icons from "../../ui/icons.ts";
import { frame } from "./tp-heat-map.styles.ts";

/** Cells from this size on can be asked about with the pointer; a click on smaller ones brings them nearer. */
const CHOOSABLE = 8;

/**
 * A large matrix as a picture that scrolls and zooms; what is in view is asked of the service. Sends `tp-cell`.
 *
 * The canvas has the size of what is in view, and stays there while the empty sheet under it scrolls.
 */
@customElement("tp-heat-map")
export class TpHeatMap extends TpElement {
  static override styles = [base, controls, frame];

  @property({ attribute: false }) subject: Subject | null = null;
  @property({ attribute: false }) leading: readonly number[] = [];
  @property({ attribute: false }) shape: readonly number[] = [];
  @property() dtype = "";
  /** Of the whole tensor: its colours follow from them. */
  @property({ attribute: false }) statistics: SummaryValues | null = null;
  @property({ attribute: false }) marks: Marks = NO_MARKS;
  @property({ type: Boolean }) choosable = false;

  @state() private reading = "";
  @state() private loading = false;
  @query(".frame") private frame!: HTMLElement;
  @query(".sheet") private sheet!: HTMLElement;
  @query("canvas") private canvas!: HTMLCanvasElement;

  #viewport: Viewport | null = null;
  #loader: TileLoader | null = null;
  #palette: Palette | null = null;
  #scale: Scale = { kind: "sequential", low: 0, high: 0 };
  #cursor: GridCell | null = null;
  #pointed: GridCell | null = null;

  readonly #drawing = new Drawing(this, () => {
    this.#paint();
  });
  readonly #resized = new ResizeObserver(() => {
    this.#measure();
  });
  readonly #recolour = (): void => {
    this.#palette = null;
    this.#drawing.request();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    themes.addEventListener("change", this.#recolour);
    void this.updateComplete.then(() => {
      this.#resized.observe(this.frame);
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    themes.removeEventListener("change", this.#recolour);
    this.#resized.disconnect();
    this.#loader?.close();
    this.#loader = null;
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

  protected override firstUpdated(): void {
    this.#viewport = new Viewport(this.frame, this.sheet);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("shape")) this.#measure();
  }

  protected override render(): TemplateResult {
    const size = this.#viewport?.size ?? 0;
    return html`<div
        class="frame ${height(this.shape) < 4 ? "low" : ""}"
        tabindex="0"
        role="application"
        aria-label=${this.t.heatMap(shapeText(this.shape))}
        aria-description=${this.t.heatMapKeys}
        title=${this.t.heatMapKeys}
        @scroll=${this.#drawing.request}
        @wheel=${this.#wheel}
        @keydown=${this.#key}
        @pointermove=${this.#move}
        @pointerleave=${this.#leave}
        @click=${this.#click}
        @blur=${() => {
          this.#cursor = null;
          this.#drawing.request();
        }}
      >
        <div class="sheet"><canvas aria-hidden="true"></canvas></div>
      </div>
      <div class="bar">
        ${this.#button(this.t.zoomOut, icons.minus, size - 1)} ${this.#button(this.t.zoomIn, icons.plus, size + 1)}
        ${this.#button(this.t.heatMapWhole, icons.fit, size === 0 ? -1 : 0)}
        <output aria-live="polite" aria-atomic="true">${this.#status()}</output>
      </div>`;
  }

  /** A button that zooms to a size, disabled if there is no such size. */
  #button(text: string, icon: TemplateResult, size: number): TemplateResult {
    return html`<button
      type="button"
      class="tool"
      title=${text}
      aria-label=${text}
      ?disabled=${size < 0 || size > (this.#viewport?.largest ?? -1)}
      @click=${() => {
        this.#zoomTo(size, null);
      }}
    >
      ${icon}
    </button>`;
  }

  #status(): string | typeof nothing {
    const failure = this.#loader?.failure ?? null;
    if (failure !== null) return failure || this.t.heatMapFailed;
    return this.reading || (this.loading ? this.t.heatMapLoading : nothing);
  }

  #measure(): void {
    this.#viewport?.measure(height(this.shape), width(this.shape), textZoom(this.dtype, this.statistics));
    this.requestUpdate();
  }

  #paint(): void {
    const viewport = this.#viewport;
    if (viewport === null || viewport.largest < 0 || this.subject === null) return;
    const { view } = viewport;
    const density = window.devicePixelRatio;
    const context = contextOf(this.canvas, view.width, view.height, density);
    if (context === null) return;
    const loader = this.#load(this.subject);
    const tiles = tilesFor(view, density);
    loader.want(tiles);
    this.loading = loader.busy;
    const known = tiles.map((tile) => loader.tile(tile)).filter((tile) => tile !== null);
    const integral = isIntegral(this.dtype);
    paint(context, {
      ...view,
      density,
      scale: this.#scale,
      palette: (this.#palette ??= new Palette(this)),
      tiles: known,
      marks: markedCellsIn(this.marks, this.leading),
      cursor: this.#cursor,
      element: (row, column) => loader.element(row, column),
      write: (element) => compact(element, integral),
    });
    const at = this.#pointed ?? this.#cursor;
    const { shape, leading, marks } = this;
    this.reading = at === null ? "" : said(at, finest(known, at), { shape, leading, integral, marks }, this.t.block);
  }

  #load(subject: Subject): TileLoader {
    return (this.#loader ??= new TileLoader(
      { ...subject, leading: [...this.leading] },
      height(this.shape),
      width(this.shape),
      () => {
        this.requestUpdate();
      },
    ));
  }

  #zoomTo(size: number, anchor: Point | null): void {
    this.#viewport?.zoomTo(size, anchor, this.#cursor);
    this.requestUpdate();
  }

  /** The position of a pointer in the frame. */
  #point(event: MouseEvent): Point {
    const { left, top } = this.frame.getBoundingClientRect();
    return { x: event.clientX - left - this.frame.clientLeft, y: event.clientY - top - this.frame.clientTop };
  }

  readonly #move = (event: PointerEvent): void => {
    this.#pointed = this.#viewport?.under(this.#point(event)) ?? null;
    this.#drawing.request();
  };

  readonly #leave = (): void => {
    this.#pointed = null;
    this.#drawing.request();
  };

  readonly #click = (event: MouseEvent): void => {
    const viewport = this.#viewport;
    const point = this.#point(event);
    const at = viewport?.under(point) ?? null;
    if (viewport === null || at === null) return;
    const { width: across, height: down } = viewport.zoom;
    if (Math.min(across, down) < CHOOSABLE && viewport.size < viewport.largest) this.#zoomTo(viewport.size + 2, point);
    else if (this.choosable) this.emit("tp-cell", at);
  };

  readonly #wheel = (event: WheelEvent): void => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    this.#zoomTo((this.#viewport?.size ?? 0) - Math.sign(event.deltaY), this.#point(event));
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.altKey) return;
    const size = this.#viewport?.size ?? 0;
    const modified = event.ctrlKey || event.metaKey;
    switch (event.key) {
      case "+":
      case "=":
        this.#zoomTo(size + 1, null);
        break;
      case "-":
        this.#zoomTo(size - 1, null);
        break;
      case "0":
        this.#zoomTo(0, null);
        break;
      case "Enter":
        if (this.#cursor === null || !this.choosable || modified) return;
        this.emit("tp-cell", this.#cursor);
        break;
      default: {
        const to = this.#viewport?.follow(this.#cursor, event.key, modified) ?? null;
        if (to === null) return;
        this.#cursor = to;
        this.#pointed = null;
        this.#drawing.request();
      }
    }
    event.preventDefault();
  };
}
