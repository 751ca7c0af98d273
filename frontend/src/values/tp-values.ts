import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { SummaryValues } from "../api/schema.ts";
import type { Values } from "../api/values.ts";
import type { Layer } from "./cards.ts";
import type { GridCell } from "./cursor.ts";
import { leadings, LISTED, shapeText } from "../numbers/grid.ts";
import { deferredOf, isAwaited, missingOf } from "../run/arrived.ts";
import { type Marks, markOn, NO_MARKS, markedCells, markedCellsIn } from "./origins.ts";
import { isIntegral } from "../numbers/text.ts";
import { blank, height, indexOf, type Listing, listing, numel, sheet, startOf, width } from "./sheets.ts";
import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import type { Sent } from "../ui/events.ts";

import "./heat-map/tp-heat-map.ts";
import "./tp-matrix.ts";
import "./tp-missing.ts";
import "./tp-slices.ts";
import "./tp-summary.ts";
import "../ui/tp-text.ts";

const SIDE = 9;
/** Characters of an element that is awaited, if none like it is known. */
const CHARS = 6;
/** So many slices and elements of a three-dimensional tensor are shown at once; more are chosen from. */
const STACKED = { slices: 4, elements: 64 };
const NO_CHANGES: ReadonlySet<number> = new Set();

/** The elements of a tensor, and beside them those of its gradient, cell by cell. Sends `tp-element` (an index) and `tp-look`. */
@customElement("tp-values")
export class TpValues extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .layers {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 24px;
      }
      section {
        min-width: 0;
        max-width: 100%;
      }
      section.wide {
        flex: 1 1 100%;
      }
      .title {
        color: var(--muted);
        font-size: 10.5px;
        font-weight: 600;
      }
      .gradient .title {
        color: var(--gradient-ink);
      }
      /* What was not kept looks as in the graph: an outline without a ground. */
      .passing {
        padding: 2px 6px 4px;
        border: 1px dashed var(--gradient-ink);
        border-radius: 6px;
      }
      .dimensions {
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        color: var(--muted);
        font: 10.5px/1.5 var(--mono);
      }
      tp-slices {
        margin-bottom: 4px;
      }
      .slices {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
      }
      figure {
        min-width: 0;
        margin: 0;
      }
      figcaption {
        color: var(--muted);
        font: 11px/1.6 var(--mono);
      }
      .link {
        font-size: 11.5px;
      }
      .room {
        height: 120px;
      }
      .none {
        color: var(--muted);
        font-size: 12px;
      }
      pre {
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) layers: readonly Layer[] = [];
  @property({ attribute: false }) shape: readonly number[] = [];
  @property() dtype = "";
  @property({ attribute: false }) marks: Marks = NO_MARKS;
  /** Whether it can be asked where an element came from. */
  @property({ type: Boolean }) choosable = false;

  @state() private leading: readonly number[] = [];
  @state() private whole = false;
  @state() private cursor: { readonly cell: GridCell; readonly kind: Layer["kind"] } | null = null;
  readonly #listings = new WeakMap<Values, Listing>();

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get("shape");
    if (changed.has("shape") && before?.join() !== this.shape.join()) {
      this.leading = this.shape.slice(0, -2).map(() => 0);
      this.cursor = null;
    }
    if (!changed.has("marks")) return;
    // What has been marked comes into view.
    const marked = markedCells(this.marks);
    const [first] = marked;
    if (first !== undefined && !marked.some(({ leading }) => leading.join() === this.leading.join()))
      this.leading = first.leading;
  }

  protected override updated(): void {
    const looked = deferredOf(this.layers.map(({ values }) => values));
    if (looked.length > 0) this.emit("tp-look", looked);
  }

  protected override render(): TemplateResult {
    const count = numel(this.shape);
    if (count === 0) return html`<p class="none">${this.t.emptyTensor}</p>`;
    const slices = this.shape.length > 2 ? leadings(this.shape.slice(0, 4)).length : 1;
    const stacked = this.shape.length <= 3 && slices <= STACKED.slices && count <= STACKED.elements;
    const missing = missingOf(this.layers.map(({ values }) => values));
    const chars = Math.max(...this.layers.map((layer) => this.#chars(layer)));
    return html`${
        this.shape.length > 2 && !stacked
          ? html`<tp-slices
              .shape=${this.shape}
              .leading=${this.leading}
              @tp-leading=${(event: Sent<"tp-leading">) => {
                this.leading = event.detail;
              }}
            ></tp-slices>`
          : nothing
      }
      ${this.#dimensions()}
      <div class="layers">${this.layers.map((layer) => this.#layer(layer, stacked, chars))}</div>
      ${missing === null ? nothing : html`<tp-missing .why=${missing}></tp-missing>`}
      ${
        this.layers.some(({ values }) => values.kind === "full" || isAwaited(values)) &&
        count <= LISTED &&
        Math.max(height(this.shape), width(this.shape)) > SIDE
          ? this.#expander()
          : nothing
      }`;
  }

  #layer(layer: Layer, stacked: boolean, chars: number): TemplateResult {
    const wide = layer.values.kind === "summary";
    const titles = { value: this.t.values, gradient: `∇ ${this.t.gradient}`, passing: `∇ ${this.t.passing}` };
    const looks = { value: "", gradient: "gradient", passing: "gradient passing" };
    return html`<section class="${looks[layer.kind]} ${wide ? "wide" : ""}">
      ${this.layers.length === 1 ? nothing : html`<p class="title">${titles[layer.kind]}</p>`}
      ${this.#values(layer, stacked, chars)}
    </section>`;
  }

  /** Which dimension runs down and which across. */
  #dimensions(): TemplateResult | typeof nothing {
    const count = this.shape.length;
    if (count === 0) return nothing;
    return html`<p class="dimensions">
      ${count > 1 ? html`<span>↓ ${this.t.dimension(count - 2)} · ${height(this.shape)}</span>` : nothing}
      <span>→ ${this.t.dimension(count - 1)} · ${width(this.shape)}</span>
    </p>`;
  }

  #values(layer: Layer, stacked: boolean, chars: number): TemplateResult {
    const { values } = layer;
    switch (values.kind) {
      case "full": {
        const listed = this.#listed(values);
        if (listed === null) return html``;
        const shown = stacked ? leadings(this.shape) : [this.leading];
        return html`<div class="slices">
          ${shown.map((leading) => this.#slice(layer, listed, leading, chars, stacked && this.shape.length > 2))}
        </div>`;
      }
      case "summary":
        return this.#large(layer, values);
      case "opaque":
        return html`<pre><tp-text .text=${values.text}></tp-text></pre>`;
      case "awaited":
        return this.#room(stacked, chars);
    }
  }

  /** Room for elements that are awaited. */
  #room(stacked: boolean, chars: number): TemplateResult {
    if (numel(this.shape) > LISTED) return html`<div class="room"></div>`;
    const shown = stacked ? leadings(this.shape) : [this.leading];
    const sheet = blank(this.shape, this.whole ? Infinity : SIDE);
    return html`<div class="slices">
      ${shown.map(
        (leading) =>
          html`<figure>
            ${stacked && this.shape.length > 2 ? this.#caption(leading) : nothing}
            <tp-matrix .sheet=${sheet} .dimensions=${this.shape.length} .chars=${chars} blank inert></tp-matrix>
          </figure>`,
      )}
    </div>`;
  }

  #caption(leading: readonly number[]): TemplateResult {
    return html`<figcaption>[${[...leading, ":", ":"].join(", ")}]</figcaption>`;
  }

  /** Characters of the widest element. */
  #chars({ values, like }: Layer): number {
    const listed = this.#listed(values) ?? (like === null ? null : this.#listed(like));
    return listed?.chars ?? (isAwaited(values) ? CHARS : 0);
  }

  #slice(layer: Layer, listed: Listing, leading: readonly number[], chars: number, captioned: boolean): TemplateResult {
    const own = layer.kind === "value";
    const start = startOf(this.shape, leading);
    const across = width(this.shape);
    const changed = layer.changed.size === 0 ? NO_CHANGES : layer.changed;
    const peer = this.cursor !== null && this.cursor.kind !== layer.kind ? this.cursor.cell : null;
    return html`<figure>
      ${captioned ? this.#caption(leading) : nothing}
      <tp-matrix
        .sheet=${sheet(listed, leading, this.whole ? Infinity : SIDE, this.#wanted(leading))}
        .scale=${listed.scale}
        .dimensions=${this.shape.length}
        .chars=${chars}
        .label=${own ? this.t.matrixLabel(shapeText(this.shape)) : this.t.gradientLabel(shapeText(this.shape))}
        .choosable=${own && this.choosable}
        .mark=${(row: number, column: number) =>
          own ? markOn(this.marks, indexOf(this.shape.length, leading, row, column)) : null}
        .changed=${(row: number, column: number) => changed.has(start + row * across + column)}
        .peer=${captioned ? null : peer}
        @tp-cursor=${(event: Sent<"tp-cursor">) => {
          event.stopPropagation();
          this.cursor = event.detail === null ? null : { cell: event.detail, kind: layer.kind };
        }}
        @tp-cell=${(event: Sent<"tp-cell">) => {
          this.#choose(event, leading);
        }}
      ></tp-matrix>
    </figure>`;
  }

  /** The marked cells of a slice, as many as fit beside the others. */
  #wanted(leading: readonly number[]): GridCell[] {
    return markedCellsIn(this.marks, leading)
      .slice(0, SIDE)
      .map(({ at }) => at);
  }

  #large(layer: Layer, values: SummaryValues): TemplateResult {
    const { subject } = layer;
    return html`<tp-summary
        .values=${values}
        .shape=${this.shape}
        .integral=${isIntegral(this.dtype)}
        .cornered=${subject === null}
      ></tp-summary>
      ${
        subject === null
          ? nothing
          : html`<tp-heat-map
              .subject=${subject}
              .leading=${this.leading}
              .shape=${this.shape}
              .dtype=${this.dtype}
              .statistics=${values}
              .marks=${layer.kind === "value" ? this.marks : NO_MARKS}
              .choosable=${layer.kind === "value" && this.choosable}
              @tp-cell=${(event: Sent<"tp-cell">) => {
                this.#choose(event, this.leading);
              }}
            ></tp-heat-map>`
      }`;
  }

  #choose(event: Sent<"tp-cell">, leading: readonly number[]): void {
    event.stopPropagation();
    this.emit("tp-element", indexOf(this.shape.length, leading, event.detail.row, event.detail.column));
  }

  #expander(): TemplateResult {
    return html`<button
      type="button"
      class="link"
      aria-expanded=${this.whole ? "true" : "false"}
      @click=${() => {
        this.whole = !this.whole;
      }}
    >
      ${this.whole ? this.t.showLess : this.t.showAll}
    </button>`;
  }

  #listed(values: Values): Listing | null {
    if (values.kind !== "full") return null;
    const known = this.#listings.get(values);
    if (known?.shape === this.shape) return known;
    const made = listing(values, this.shape, isIntegral(this.dtype));
    this.#listings.set(values, made);
    return made;
  }
}
