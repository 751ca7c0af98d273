import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import { safeSvg } from "../svg/safe.ts";
import { Stage } from "../svg/stage.ts";
import { themes } from "../theme.ts";
import { base, controls } from "../styles/shared.ts";
import { download } from "../svg/download.ts";
import { TpElement } from "./base.ts";
import * as icons from "./icons.ts";

import "./tp-text.ts";

/** A node that a person points at: `pin` where by a click; null where no node any more. */
export interface NodeDetail {
  readonly node: string | null;
  readonly pin: boolean;
}

/** One picture of a graph, to move and zoom. Sends `tp-node` for what is pointed at. */
@customElement("tp-graph")
export class TpGraph extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .frame {
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      .stage {
        height: var(--graph-height, 420px);
        min-height: 120px;
        overflow: hidden;
        resize: vertical;
        border-radius: 0 0 var(--radius) var(--radius);
        touch-action: pan-x pan-y;
        cursor: grab;
      }
      .stage:focus-visible {
        outline-offset: -2px;
        touch-action: none;
      }
      .stage:active {
        cursor: grabbing;
      }
      .stage.paper {
        background: #fff;
      }
      .stage svg {
        display: block;
        width: 100%;
        height: 100%;
      }
      .stage [data-node] {
        cursor: pointer;
      }
      .stage .halo {
        fill: none;
        stroke: var(--lit);
        stroke-width: 2.5;
        pointer-events: none;
        vector-effect: non-scaling-stroke;
      }
      .tools {
        display: flex;
        justify-content: flex-end;
        padding: 2px 4px;
        border-bottom: 1px solid var(--line);
      }
      .file {
        font: 600 10.5px/1 var(--mono);
      }
      .note {
        padding: 18px 16px;
        color: var(--muted);
        font-size: 13px;
      }
    `,
  ];

  @property({ attribute: false }) svg: string | null = null;
  @property() dot = "";
  @property() label = "";
  @property() note: string | null = null;
  @property() name = "graph";
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();

  @query(".stage") private place!: HTMLElement | null;

  #stage: Stage | null = null;
  #picture: SVGSVGElement | null = null;

  readonly #retheme = (): void => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    themes.addEventListener("change", this.#retheme);
    if (this.hasUpdated) this.requestUpdate("svg");
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    themes.removeEventListener("change", this.#retheme);
    this.#stage?.destroy();
    this.#stage = null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("svg")) this.#picture = this.svg === null ? null : safeSvg(this.svg);
  }

  protected override render(): TemplateResult {
    return html`<div class="frame">
      <div class="tools">
        ${
          this.#picture === null
            ? nothing
            : [
                this.#tool(this.t.zoomIn, icons.plus, () => this.#stage?.zoom(1.4)),
                this.#tool(this.t.zoomOut, icons.minus, () => this.#stage?.zoom(1 / 1.4)),
                this.#tool(this.t.zoomFit, icons.fit, () => this.#stage?.fit()),
                this.#file(this.t.downloadSvg, "SVG", this.svg ?? "", "image/svg+xml"),
              ]
        }
        ${this.dot === "" ? nothing : this.#file(this.t.downloadDot, "DOT", this.dot, "text/vnd.graphviz")}
      </div>
      ${
        this.#picture === null
          ? html`<p class="note"><tp-text .text=${this.note ?? this.t.notDrawn}></tp-text></p>`
          : html`<div
              class="stage"
              role="group"
              tabindex="0"
              aria-label=${this.label}
              aria-describedby="keys"
              @keydown=${this.#key}
            ></div>`
      }
      <p id="keys" class="unseen">${this.t.graphKeys}</p>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const picture = this.#picture;
    if ((changed.has("svg") || this.#stage === null) && this.place !== null && picture !== null) {
      this.#stage?.destroy();
      this.place.replaceChildren(picture);
      this.#stage = new Stage(this.place, picture, (node, pin) => {
        this.emit("tp-node", { node, pin } satisfies NodeDetail);
      });
    }
    if (picture === null) return;
    // Our own style follows the theme; what a program drew itself stays on white paper.
    const ours = picture.classList.contains("tp-graph");
    if (ours) picture.dataset["theme"] = themes.theme;
    this.place?.classList.toggle("paper", !ours);
    this.#stage?.light(this.lit);
  }

  #tool(label: string, icon: TemplateResult, act: () => void): TemplateResult {
    return html`<button type="button" class="tool" title=${label} aria-label=${label} @click=${act}>${icon}</button>`;
  }

  #file(label: string, text: string, content: string, type: string): TemplateResult {
    return html`<button
      type="button"
      class="tool file"
      title=${label}
      aria-label=${label}
      @click=${() => {
        download(`${this.name}.${text.toLowerCase()}`, content, type);
      }}
    >
      ${text}
    </button>`;
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (this.#stage?.key(event.key) === true) event.preventDefault();
  }
}
