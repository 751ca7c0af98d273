import { html, nothing, svg, type PropertyValues, type SVGTemplateResult, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Values } from "../api/values.ts";
import { deferredOf, isAwaited, missingOf } from "../run/arrived.ts";
import { elementsAt, numel } from "./layout.ts";
import { type StripLine, linesOf, showing } from "./lines.ts";
import { type Overview, overviewOf, type LevelRun } from "./overview.ts";
import type { Memory, StorageWindow } from "./storages.ts";
import { type Strip, stripOf } from "./strip.ts";
import { cellWidth, type Writing, writingOf } from "./writing.ts";
import { badges, base, controls } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { texts } from "../numbers/text.ts";
import { TpElement } from "../ui/base.ts";
import { Paper } from "../ui/paper.ts";
import type { Sent } from "../ui/events.ts";
import { look } from "./tp-storage.styles.ts";

import "../values/tp-missing.ts";
import "./tp-strip.ts";
import "../ui/tp-text.ts";
import { isTensor } from "../timeline/member.ts";

/** A cell with room to itself is at most so wide. */
const ROOMY = 58;
/** The width that the card takes beside the cells, and the gap between two of them. */
/** A4 and Letter have this width within their margins, in CSS pixels. */
const PAPER = 680;
const GAPS = { card: 24, cell: 2 };

/** One storage as a strip: whole if it fits in a few lines, else a part of it under an overview of all. Sends `tp-look`. */
@customElement("tp-storage")
export class TpStorage extends TpElement {
  static override styles = [base, controls, badges, look];

  @property({ attribute: false }) timeline!: Timeline;
  @property({ attribute: false }) step: number | null = null;
  @property({ attribute: false }) memory!: Memory;
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();
  @property({ attribute: false }) pinned: ReadonlySet<string> = new Set();
  @state() private width = 0;
  @state() private pointed: number | null = null;
  @state() private all = false;
  /** The first unit of the part that is shown. */
  @state() private from = 0;
  private strip!: Strip;
  /** The width that a cell needs; while elements are awaited it stays what it was. */
  private cell = 0;
  private overview: Overview | null = null;
  readonly #resized = new ResizeObserver(([entry]) => {
    this.width = Math.floor(entry?.contentRect.width ?? 0);
  });

  constructor() {
    super();
    this.addController(
      new Paper((printing) => {
        this.width = Math.min(this.offsetWidth, printing ? PAPER : Infinity);
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("memory")) return;
    this.strip = stripOf(this.timeline, this.memory);
    this.overview = null;
    if (this.cell === 0 || !this.#values.some(isAwaited)) this.cell = cellWidth(this.strip, this.memory.windows);
  }

  protected override render(): TemplateResult {
    const { storage, windows } = this.memory;
    const words = this.t.memory;
    const { strip } = this;
    const named = windows.filter((window) => this.#isShown(window));
    const hidden = windows.length - named.length;
    const dtypes = new Set(windows.map(({ member }) => member.layout.dtype.replace("torch.", "")));
    const size =
      dtypes.size === 1
        ? words.size(storage.nbytes / strip.unit, strip.dtype, storage.nbytes)
        : words.bytesOnly(storage.nbytes);
    const missing = missingOf(this.#values);
    const sharing = windows.filter(({ names }) => names.length > 0).length;
    return html`<article aria-label=${words.storage(storage.id)}>
      <header>
        <h3>${words.storage(storage.id)}</h3>
        <span class="facts">${size}</span>
        ${storage.device === "cpu" ? nothing : html`<span class="facts">${storage.device}</span>`}
        ${dtypes.size > 1 ? html`<span class="badge">${words.mixed}</span>` : nothing}
        ${sharing > 1 ? html`<span class="badge leaf">${words.shared(sharing)}</span>` : nothing}
      </header>
      ${missing === null ? nothing : html`<tp-missing .why=${missing}></tp-missing>`}
      ${this.width === 0 ? nothing : this.#body(this.all ? windows : named)}
      ${
        hidden === 0 && !this.all
          ? nothing
          : html`<footer>
              <button
                type="button"
                class="link"
                aria-expanded=${this.all ? "true" : "false"}
                @click=${() => {
                  this.all = !this.all;
                }}
              >
                ${this.all ? this.t.showLess : words.more(hidden)}
              </button>
            </footer>`
      }
      ${
        this.pointed === null
          ? nothing
          : html`<p class="reading" aria-hidden="true"><tp-text .text=${this.#told(this.pointed)}></tp-text></p>`
      }
    </article>`;
  }

  /** What the windows see, and what they saw before the step. */
  get #values(): (Values | undefined)[] {
    return this.memory.windows.flatMap(({ version, before }) => [version.values, before?.values]);
  }

  /** A window without a name is shown while the step is about it, and while it is what a person points at. */
  #isShown({ names, fresh, changed, id }: StorageWindow): boolean {
    return names.length > 0 || fresh || changed || this.pinned.has(id) || this.memory.windows.length === 1;
  }

  #body(windows: readonly StorageWindow[]): TemplateResult {
    const { count, span } = this.strip;
    const fit = this.#fit();
    const widest = windows.reduce<StorageWindow | undefined>(
      (largest, window) => (largest === undefined || numel(window.layout) > numel(largest.layout) ? window : largest),
      undefined,
    );
    const lines = linesOf(count, fit, (widest?.member.layout.shape.at(-1) ?? 1) * span);
    if (lines !== null) {
      const writing = writingOf(this.strip, lines);
      const cell = this.#roomy(Math.max(...lines.map(({ from, to }) => to - from)));
      return html`<div class="lines" style="--cell: ${cell}px">
        ${lines.map((line, at) => this.#line(line, windows, writing, at > 0))}
      </div>`;
    }
    const from = Math.min(this.from, count - fit);
    const line = { from, to: from + fit };
    return html`${this.#overview(windows, line, fit)}
      <div class="lines" style="--cell: ${this.#roomy(fit)}px">
        ${this.#line(line, windows, writingOf(this.strip, [line]), false)}
      </div>`;
  }

  #line(line: StripLine, windows: readonly StorageWindow[], writing: Writing, brief: boolean): TemplateResult {
    return html`<tp-strip
      .strip=${this.strip}
      .writing=${writing}
      .windows=${windows}
      .line=${line}
      .told=${(unit: number) => this.#told(unit, writing)}
      .lit=${this.lit}
      .pointed=${this.pointed}
      .moment=${`${this.timeline.response.id} ${this.step}`}
      .brief=${brief}
      @tp-unit=${(event: Sent<"tp-unit">) => {
        this.pointed = event.detail;
      }}
    ></tp-strip>`;
  }

  /** All of the storage, scaled, and the part of it that is shown below. */
  #overview(windows: readonly StorageWindow[], line: StripLine, fit: number): TemplateResult {
    const words = this.t.memory;
    const { count, span } = this.strip;
    const overview = (this.overview ??= overviewOf(this.memory, this.strip));
    const row = (runs: readonly LevelRun[], y: number, height: number, kind: string): SVGTemplateResult[] =>
      runs.map(
        ({ from, to, level }) =>
          svg`<rect class="${kind} ${level < 0 ? "negative" : ""}" x=${from} y=${y} width=${to - from} height=${height} opacity=${Math.abs(level) / 4} />`,
      );
    const height = 16 + 7 * windows.length;
    const scale = overview.parts / count;
    return html`<div class="overview">
      <svg
        viewBox="0 0 ${overview.parts} ${height}"
        preserveAspectRatio="none"
        style="height: ${height}px"
        role="img"
        aria-label=${words.overview(this.memory.storage.id)}
        @click=${(event: MouseEvent) => {
          if (!(event.currentTarget instanceof SVGElement)) return;
          const { left, width } = event.currentTarget.getBoundingClientRect();
          this.from = this.#begin(((event.clientX - left) / width) * count - fit / 2, fit);
        }}
      >
        <rect class="ground" x="0" y="0" width=${overview.parts} height="12" />
        ${row(overview.values, 0, 12, "value")} ${row(overview.changed, 12, 2, "changed")}
        ${windows.map((window, at) => [
          svg`<rect class="rail" x="0" y=${18 + 7 * at} width=${overview.parts} height="1" />`,
          ...row(
            overview.windows[this.memory.windows.indexOf(window)] ?? [],
            16 + 7 * at,
            5,
            `window ${isTensor(window.member) ? "" : "array"} ${this.lit.has(window.id) ? "lit" : ""}`,
          ),
        ])}
        <rect
          class="part"
          x=${line.from * scale}
          y="0"
          width=${Math.max(overview.parts / 300, (line.to - line.from) * scale)}
          height=${height}
        />
      </svg>
      <input
        type="range"
        min="0"
        max=${count - fit}
        step=${span}
        .value=${String(line.from)}
        aria-label=${words.part}
        aria-valuetext=${words.partAt(line.from / span, line.to / span - 1, count / span)}
        @input=${(event: Event) => {
          if (event.target instanceof HTMLInputElement) this.from = this.#begin(event.target.valueAsNumber, fit);
        }}
      />
      <p class="facts">${words.partAt(Math.floor(line.from / span), Math.ceil(line.to / span) - 1, count / span)}</p>
    </div>`;
  }

  #begin(wanted: number, fit: number): number {
    const { count, span } = this.strip;
    return Math.max(0, Math.min(count - fit, Math.round(wanted / span) * span));
  }

  /** So many units fit beside each other. */
  #fit(): number {
    return Math.max(this.strip.span, Math.floor((this.width - GAPS.card) / (this.cell + GAPS.cell)));
  }

  /** The width of each of `count` units that have the room to themselves. */
  #roomy(count: number): number {
    const share = Math.floor((this.width - GAPS.card) / count) - GAPS.cell;
    return Math.max(this.cell, Math.min(share, Math.ceil(ROOMY / this.strip.span)));
  }

  /** An element, as it is written there, and as what each window sees it. */
  #told(unit: number, writing: Writing | null = null): string {
    const words = this.t.memory;
    const { strip } = this;
    const seen = this.memory.windows
      .filter(({ names }) => names.length > 0)
      .flatMap(({ names, layout }) =>
        elementsAt(layout, unit * strip.unit, 3).map(
          (index) =>
            `${visible(names[0] ?? "")}${index.length === 0 ? "" : `[${index.map((i) => i ?? ":").join(", ")}]`}`,
        ),
      );
    const element = strip.element(unit);
    const was = strip.was(unit);
    const value = element === null ? words.unknown : (writing?.text(unit) ?? texts([element], strip.integral)[0] ?? "");
    const before = was === null ? "" : ` (${words.was(writing?.was(unit) ?? texts([was], strip.integral)[0] ?? "")})`;
    return words.reading(
      words.element(Math.floor(unit / strip.span)),
      value + before,
      seen.length === 0 ? words.notSeen : seen.join(", "),
    );
  }

  protected override updated(changed: PropertyValues<this>): void {
    const looked = deferredOf(this.#values);
    if (looked.length > 0) this.emit("tp-look", looked);
    if (!changed.has("memory") && !changed.has("step")) return;
    // A write out of sight is brought into sight.
    const { strip } = this;
    const first = this.overview?.changed[0];
    if (first === undefined || this.overview === null) return;
    const wanted = Math.floor((first.from * strip.count) / this.overview.parts);
    const fit = this.#fit();
    this.from = this.#begin(showing(this.from, wanted, fit, strip.count), fit);
  }
}
