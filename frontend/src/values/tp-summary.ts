import { css, html, nothing, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { SummaryValues } from "../api/schema.ts";
import { withGaps, shapeText } from "../numbers/grid.ts";
import { asElement, statistic, texts } from "../numbers/text.ts";
import { scaleOf, scaleOfSummary, tint } from "../numbers/scale.ts";
import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

import "./tp-matrix.ts";

const WIDTH = 240;
const HEIGHT = 56;

/** A large tensor in brief: statistics, a histogram, and the elements at its corners. */
@customElement("tp-summary")
export class TpSummary extends TpElement {
  static override styles = [
    base,
    css`
      .parts {
        display: grid;
        gap: 8px;
      }
      dl {
        display: flex;
        flex-wrap: wrap;
        gap: 4px 14px;
        margin: 0;
      }
      dl div {
        display: grid;
      }
      dt,
      figcaption {
        color: var(--muted);
        font-size: 10.5px;
      }
      dd {
        margin: 0;
        font: 12.5px/1.3 var(--mono);
      }
      figure {
        min-width: 0;
        margin: 0;
      }
      figure svg {
        display: block;
        width: 100%;
        max-width: ${WIDTH}px;
        height: ${HEIGHT}px;
      }
      .bar {
        fill: color-mix(in oklab, var(--tone) var(--share), var(--panel));
        stroke: var(--line-strong);
        stroke-width: 1px;
        vector-effect: non-scaling-stroke;
        print-color-adjust: exact;
      }
      .ends {
        display: flex;
        justify-content: space-between;
        max-width: ${WIDTH}px;
        color: var(--muted);
        font: 10.5px/1.3 var(--mono);
      }
    `,
  ];

  @property({ attribute: false }) values: SummaryValues | null = null;
  @property({ attribute: false }) shape: readonly number[] = [];
  @property({ type: Boolean }) integral = false;
  /** Whether to show the elements at the corners, because nothing else shows any. */
  @property({ type: Boolean }) cornered = false;

  protected override render(): TemplateResult | typeof nothing {
    if (this.values === null) return nothing;
    return html`<div class="parts">
      ${this.#statistics(this.values)} ${this.#histogram(this.values)}
      ${this.cornered ? this.#corners(this.values) : nothing}
    </div>`;
  }

  #statistics(values: SummaryValues): TemplateResult {
    const words = this.t.statistics;
    const always = (["count", "min", "max", "mean", "std"] as const).map((name) => [
      words[name],
      statistic(values[name]),
    ]);
    const notable = (["zeros", "nan", "infinite"] as const)
      .filter((name) => values[name] > 0)
      .map((name) => [words[name], statistic(values[name])]);
    return html`<dl>
      ${[...always, ...notable].map(
        ([name, value]) =>
          html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
      )}
    </dl>`;
  }

  #histogram(values: SummaryValues): TemplateResult | typeof nothing {
    const counts = values.histogram;
    const [min, max] = [Number(values.min), Number(values.max)];
    const edges = [...counts.map((_, bin) => min + ((max - min) / counts.length) * bin), max];
    const most = Math.max(...counts);
    if (counts.length === 0 || most <= 0) return nothing;
    const [from, to] = [statistic(edges[0]), statistic(edges.at(-1))];
    const step = WIDTH / counts.length;
    const scale = scaleOfSummary(values);
    const bars = counts.map((count, bin) => {
      const height = count === 0 ? 0 : Math.max(1, (HEIGHT * count) / most);
      // The colours are those of the picture of the tensor: the histogram is its legend.
      const { tone, share } = tint((Number(edges[bin]) + Number(edges[bin + 1])) / 2, scale);
      const colour = `--tone: var(--${tone}); --share: ${Math.round(100 * share)}%`;
      return svg`<rect class="bar" style=${colour} x=${bin * step + 0.5} y=${HEIGHT - height} width=${Math.max(step - 1, 0.5)} height=${height}><title>${statistic(edges[bin])} … ${statistic(edges[bin + 1])}: ${count}</title></rect>`;
    });
    return html`<figure>
      <figcaption>${this.t.histogram}</figcaption>
      <svg
        viewBox="0 0 ${WIDTH} ${HEIGHT}"
        preserveAspectRatio="none"
        role="img"
        aria-label=${this.t.histogramLabel(from, to)}
      >
        ${bars}
      </svg>
      <div class="ends"><span>${from}</span><span>${to}</span></div>
    </figure>`;
  }

  #corners({ corners }: SummaryValues): TemplateResult | typeof nothing {
    if (corners.data.length === 0) return nothing;
    const matrix = corners.data.map((row) => row.map(asElement));
    const write = texts(matrix.flat(), this.integral);
    const width = corners.columns.length;
    const height = this.shape.slice(0, -1).reduce((product, size) => product * size, 1);
    return html`<figure>
      <figcaption>${this.t.corners}</figcaption>
      <tp-matrix
        .sheet=${{
          matrix,
          texts: matrix.map((_, row) => write.slice(row * width, (row + 1) * width)),
          rows: withGaps(corners.rows, height),
          columns: withGaps(corners.columns, this.shape.at(-1) ?? 1),
          height,
          width: this.shape.at(-1) ?? 1,
        }}
        .scale=${scaleOf(matrix.flat())}
        .dimensions=${this.shape.length}
        .label=${this.t.matrixLabel(shapeText(this.shape))}
      ></tp-matrix>
    </figure>`;
  }
}
