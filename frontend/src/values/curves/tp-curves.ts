import { css, html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { SeriesRecord } from "../../api/schema.ts";
import { curveTexts } from "../../i18n/curves.ts";
import { statistic } from "../../numbers/text.ts";
import { TpElement } from "../../ui/base.ts";
import { base } from "../../ui/styles.ts";
import { axisOf, type Curve, curvesOf, linesOf, placeOf, shownAt } from "./curve.ts";

import "../../ui/tp-text.ts";

const WIDTH = 300;
const HEIGHT = 72;
const MARGIN = 4;
/** Curves that are shown at once; the others are behind a summary. */
const FIRST = 2;

/** The numbers of a program's loops as curves, with a mark at the step that is shown. Sends `tp-step` for a number that is clicked. */
@customElement("tp-curves")
export class TpCurves extends TpElement {
  static override styles = [
    base,
    css`
      .curves {
        display: grid;
        gap: 10px;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 240px), 1fr));
      }
      figure {
        margin: 0;
        padding: 6px 10px 8px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      figcaption {
        display: flex;
        flex-wrap: wrap;
        gap: 0 8px;
        font: 650 12.5px/1.5 var(--mono);
        overflow-wrap: anywhere;
      }
      .facts,
      .axis {
        color: var(--muted);
        font-weight: 400;
      }
      .axis {
        display: flex;
        justify-content: space-between;
        font: 11px/1.4 var(--mono);
      }
      svg {
        display: block;
        width: 100%;
        height: ${HEIGHT}px;
        cursor: crosshair;
        touch-action: pan-y;
      }
      polyline {
        fill: none;
        stroke: var(--accent);
        stroke-width: 1.6;
        vector-effect: non-scaling-stroke;
      }
      line {
        stroke: var(--muted);
        stroke-dasharray: 3 3;
        vector-effect: non-scaling-stroke;
      }
      details {
        margin-top: 8px;
      }
      details .curves {
        margin-top: 8px;
      }
      @media print {
        figure {
          break-inside: avoid;
        }
      }
    `,
  ];

  @property({ attribute: false }) series: readonly SeriesRecord[] = [];
  /** The step that is shown; null: the end. */
  @property({ attribute: false }) step: number | null = null;
  /** The curve that is pointed at, and the index of the number there. */
  @state() private pointed: { readonly curve: Curve; readonly at: number } | null = null;
  @state() private allShown = false;
  #curves: readonly Curve[] = [];

  protected override willUpdate(changed: Map<PropertyKey, unknown>): void {
    if (changed.has("series")) {
      this.#curves = curvesOf(this.series);
      this.pointed = null;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.#curves.length === 0) return nothing;
    const others = this.#curves.slice(FIRST);
    return html`<h3 class="unseen">${curveTexts().curves}</h3>
      <div class="curves">${this.#curves.slice(0, FIRST).map((curve) => this.#figure(curve))}</div>
      ${
        others.length === 0
          ? nothing
          : html`<details
              @toggle=${(event: Event) => {
                this.allShown = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
              }}
            >
              <summary>${curveTexts().otherCurves(others.length)}</summary>
              ${this.allShown ? html`<div class="curves">${others.map((curve) => this.#figure(curve))}</div>` : nothing}
            </details>`
      }`;
  }

  #figure(curve: Curve): TemplateResult {
    const { name, measure, values, ended } = curve;
    const pointed = this.pointed?.curve === curve ? this.pointed.at : null;
    const at = pointed ?? shownAt(curve, this.step);
    const title = curveTexts().curveTitle(measure);
    return html`<figure>
      <figcaption>
        <tp-text .text=${name}></tp-text>
        ${title === "" ? nothing : html`<span class="facts">${title}</span>`}
        <span class="facts">${at === null ? "–" : curveTexts().curveAt(at + 1, statistic(values[at]))}</span>
      </figcaption>
      ${this.#picture(curve, at)}
      <div class="axis">
        <span>${curveTexts().rounds(values.length)}${ended ? "+" : ""}</span>
        <span>${this.#extent(values)}</span>
      </div>
    </figure>`;
  }

  #extent(values: readonly number[]): string {
    const axis = axisOf(values);
    if (axis === null) return "–";
    return curveTexts().curveExtent(statistic(axis.least), statistic(axis.most), axis.logarithmic);
  }

  #picture(curve: Curve, at: number | null): TemplateResult {
    const { name, measure, values } = curve;
    const axis = axisOf(values);
    const first = statistic(values[0]);
    const last = statistic(values.at(-1));
    const label = curveTexts().curveLabel(
      `${name} ${curveTexts().curveTitle(measure)}`.trim(),
      values.length,
      first,
      last,
    );
    const mark = axis === null || at === null ? null : placeOf(values, axis, at);
    return html`<svg
      viewBox="0 0 ${WIDTH} ${HEIGHT}"
      preserveAspectRatio="none"
      role="img"
      aria-label=${label}
      @pointermove=${(event: PointerEvent) => {
        this.pointed = { curve, at: this.#under(event, curve) };
      }}
      @pointerleave=${() => {
        this.pointed = null;
      }}
      @click=${(event: MouseEvent) => {
        // What is said of the pointer's place counts: a click has whole pixels, and several numbers may be within one.
        const step = curve.steps[this.pointed?.curve === curve ? this.pointed.at : this.#under(event, curve)];
        if (step !== undefined) this.emit("tp-step", step);
      }}
    >
      ${
        axis === null
          ? nothing
          : linesOf(values, axis).map(
              (line) =>
                svg`<polyline points=${line.map(({ x, y }) => `${across(x)},${down(y)}`).join(" ")}></polyline>`,
            )
      }
      ${mark === null ? nothing : svg`<line x1=${across(mark.x)} x2=${across(mark.x)} y1="0" y2=${HEIGHT}></line>`}
    </svg>`;
  }

  /** The index of the number that is under the pointer. */
  #under(event: MouseEvent, { values }: Curve): number {
    const target = event.currentTarget;
    if (!(target instanceof Element)) return 0;
    const { left, width } = target.getBoundingClientRect();
    const part = (((event.clientX - left) / Math.max(width, 1)) * WIDTH - MARGIN) / (WIDTH - 2 * MARGIN);
    return Math.round(Math.min(Math.max(part, 0), 1) * (values.length - 1));
  }
}

function across(x: number): number {
  return Number((MARGIN + x * (WIDTH - 2 * MARGIN)).toFixed(1));
}

function down(y: number): number {
  return Number((MARGIN + y * (HEIGHT - 2 * MARGIN)).toFixed(1));
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-curves": TpCurves;
  }
}
