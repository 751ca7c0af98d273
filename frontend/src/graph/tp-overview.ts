import { css, html, LitElement, svg, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";

import type { Box } from "./svg/stage.ts";

/** The most that an overview takes of the stage, in CSS pixels. */
const [WIDE, HIGH] = [150, 120];

/** All of a picture that has no room on its stage, small, with a frame around what can be seen. The keyboard has the arrow keys for that. */
@customElement("tp-overview")
export class TpOverview extends LitElement {
  static override styles = css`
    :host {
      display: block;
      padding: 4px;
      border: 1px solid var(--line-strong);
      border-radius: 8px;
      background: var(--card);
      box-shadow: 0 2px 8px rgb(0 0 0 / 14%);
      line-height: 0;
      cursor: crosshair;
      touch-action: none;
    }
    :host([hidden]) {
      display: none;
    }
    .node {
      fill: var(--line-strong);
    }
    .view {
      fill: color-mix(in srgb, var(--accent) 14%, transparent);
      stroke: var(--accent);
      stroke-width: 1.5;
      vector-effect: non-scaling-stroke;
    }
    @media print {
      :host {
        display: none;
      }
    }
  `;

  @property({ attribute: false }) picture: Box | null = null;
  @property({ attribute: false }) boxes: readonly Box[] = [];
  /** What can be seen. */
  @property({ attribute: false }) view: Box | null = null;
  /** Brings a point of the picture into the middle. */
  @property({ attribute: false }) move: (x: number, y: number) => void = () => undefined;

  protected override render(): TemplateResult {
    const { picture, view } = this;
    if (picture === null || view === null) return html``;
    const scale = Math.min(WIDE / picture.width, HIGH / picture.height);
    return html`<svg
      width=${picture.width * scale}
      height=${picture.height * scale}
      viewBox=${[picture.x, picture.y, picture.width, picture.height].join(" ")}
      @pointerdown=${(event: PointerEvent) => {
        if (event.currentTarget instanceof Element) event.currentTarget.setPointerCapture(event.pointerId);
        this.#follow(event, picture);
      }}
      @pointermove=${(event: PointerEvent) => {
        if (event.buttons === 1) this.#follow(event, picture);
      }}
    >
      ${guard([this.boxes], () => this.boxes.map((box) => rectangle("node", box)))}
      ${rectangle("view", inside(view, picture))}
    </svg>`;
  }

  #follow(event: PointerEvent, picture: Box): void {
    if (!(event.currentTarget instanceof Element)) return;
    const { left, top, width, height } = event.currentTarget.getBoundingClientRect();
    this.move(
      picture.x + ((event.clientX - left) / width) * picture.width,
      picture.y + ((event.clientY - top) / height) * picture.height,
    );
  }
}

function rectangle(name: string, { x, y, width, height }: Box): TemplateResult {
  return svg`<rect class=${name} x=${x} y=${y} width=${width} height=${height} />`;
}

/** The part of a box that is in another. */
function inside(box: Box, whole: Box): Box {
  const [x, y] = [Math.max(box.x, whole.x), Math.max(box.y, whole.y)];
  return {
    x,
    y,
    width: Math.max(Math.min(box.x + box.width, whole.x + whole.width) - x, 0),
    height: Math.max(Math.min(box.y + box.height, whole.y + whole.height) - y, 0),
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-overview": TpOverview;
  }
}
