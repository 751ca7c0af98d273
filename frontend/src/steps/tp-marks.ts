import { css, html, nothing, type PropertyValues, svg, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Strings } from "../i18n/index.ts";
import { paceTexts } from "../i18n/paces.ts";
import { marksOf, type Marks, within } from "../timeline/marks.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";
import { base } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";

/** A player has no room for what is said of a place. */
const SILENT = import.meta.env.MODE === "player";

const TIP = css`
  output {
    position: absolute;
    z-index: 2;
    bottom: calc(100% + 3px);
    padding: 2px 8px;
    border: 1px solid var(--line-strong);
    border-radius: 6px;
    background: var(--card);
    color: var(--ink);
    font-size: 12px;
    white-space: nowrap;
    pointer-events: none;
  }
  @media print {
    output {
      display: none;
    }
  }
`;

/** Marks of rounds and backward passes under the slider that this is beside, and what is where somebody points at it. */
@customElement("tp-marks")
export class TpMarks extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        position: absolute;
        /* The middle of the thumb goes from half of its width to that much before the end. */
        inset: 0 8px;
      }
      svg {
        width: 100%;
        height: 100%;
        overflow: visible;
      }
      path {
        vector-effect: non-scaling-stroke;
      }
      .passes {
        fill: var(--gradient-ground);
        stroke: color-mix(in oklab, var(--gradient-ink) 45%, transparent);
      }
      .rounds {
        stroke: var(--muted);
        stroke-width: 1.5;
      }
    `,
    ...(SILENT ? [] : [TIP]),
  ];

  @property({ attribute: false }) timeline: Timeline | null = null;
  /** The stop that is pointed at. */
  @state() private pointed: number | null = null;
  #marks: Marks | null = null;
  #track: HTMLElement | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#track = this.parentElement;
    if (SILENT) return;
    this.#track?.addEventListener("pointermove", this.#point);
    this.#track?.addEventListener("pointerleave", this.#leave);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#track?.removeEventListener("pointermove", this.#point);
    this.#track?.removeEventListener("pointerleave", this.#leave);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("timeline")) this.#marks = this.timeline === null ? null : marksOf(this.timeline);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { timeline } = this;
    if (timeline === null || this.#marks === null) return nothing;
    const { passes, rounds } = this.#marks;
    return html`<svg viewBox="0 0 ${Math.max(timeline.end, 1)} 26" preserveAspectRatio="none" aria-hidden="true">
        ${svg`<path class="passes" d=${passes}></path><path class="rounds" d=${rounds}></path>`}
      </svg>
      ${SILENT || this.pointed === null ? nothing : tip(timeline, this.pointed, this.t)}`;
  }

  readonly #point = ({ clientX }: PointerEvent): void => {
    const { left, width } = this.getBoundingClientRect();
    const { end = 0 } = this.timeline ?? {};
    this.pointed = Math.round(Math.min(Math.max((clientX - left) / Math.max(width, 1), 0), 1) * end);
  };

  readonly #leave = (): void => {
    this.pointed = null;
  };
}

/** What is at a stop, beside its place. */
function tip(timeline: Timeline, stop: number, t: Strings): TemplateResult {
  const count = timeline.stops.length;
  const words = paceTexts();
  const { round, pass } = within(timeline, stop);
  const said = [
    stop < count ? t.step(stop + 1, count) : t.atEnd,
    ...(round === null ? [] : [words.roundOf(round.number, round.count)]),
    ...(pass === null ? [] : [words.passMark(visible(pass.roots[0]?.name ?? pass.id))]),
  ];
  // At the ends it is no wider than the slider.
  const place = (100 * stop) / Math.max(timeline.end, 1);
  return html`<output aria-hidden="true" style="left: ${place}%; translate: -${place}%">${said.join(" · ")}</output>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-marks": TpMarks;
  }
}
