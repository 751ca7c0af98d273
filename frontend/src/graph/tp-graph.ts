import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { guard } from "lit/directives/guard.js";

import type { Ahead } from "./reach.ts";
import { GraphPicture, type Direction, DIRECTIONS } from "./svg/picture.ts";
import { safeSvg } from "./svg/safe.ts";
import { Stage } from "./svg/stage.ts";
import { stepFrom, type DirectedEdge } from "./svg/walk.ts";
import type { CardText } from "./svg/writing.ts";
import { themes } from "../theme.ts";
import { base, controls } from "../ui/styles.ts";
import { download } from "../ui/download.ts";
import { parts } from "../ui/parts.ts";
import { visible } from "../ui/text/visible.ts";
import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";
import { graphLook } from "./tp-graph.styles.ts";

import type { TpOverview } from "./tp-overview.ts";

import "../ui/tp-text.ts";

/** A picture that is so many times as large as its stage has an overview. */
const CROWDED = 4;
const OVERVIEW = (): Promise<unknown> =>
  import.meta.env.MODE === "player" ? Promise.resolve() : import("./tp-overview.ts");

/** What can be done to the part of the graph that is pointed at: `open` a folded node, or `close` the module around a node. */
export interface FoldButton {
  readonly kind: "open" | "close";
  readonly id: string;
  readonly label: string;
}

/**
 * One picture of a graph, to move and zoom, and to walk through by the arrow keys. Sends `tp-node` for what is pointed at, and
 * `tp-fold` with the id of a folded node or a group that is to be opened or closed.
 */
@customElement("tp-graph")
export class TpGraph extends TpElement {
  static override styles = [base, controls, graphLook];

  @property({ attribute: false }) svg: string | null = null;
  /** Its DOT, or how to have it; empty for none. */
  @property({ attribute: false }) dot: string | (() => Promise<string>) = "";
  @property() label = "";
  @property() note: string | null = null;
  @property() name = "graph";
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();
  /** Nodes to bring into view. */
  @property({ attribute: false }) pinned: ReadonlySet<string> = new Set();
  /** What the cards say at the step that is shown; null: what is drawn on them. */
  @property({ attribute: false }) cards: ReadonlyMap<string, CardText> | null = null;
  /** What is still to come at the step that is shown. */
  @property({ attribute: false }) ahead: Ahead | null = null;
  /** Edges along which gradients go at the step that is shown, and what they are. */
  @property({ attribute: false }) flowing: ReadonlyMap<string, string> = new Map();
  /** What each node is and holds at the step that is shown, in words; without them nodes do not take the focus. */
  @property({ attribute: false }) names: ReadonlyMap<string, string> | null = null;
  @property({ attribute: false }) ways: readonly DirectedEdge[] = [];
  @property({ attribute: false }) folding: FoldButton | null = null;
  @state() private way: Direction = "both";
  /** Whether a file could not be had. */
  @state() private unsaved = false;

  /** Whether there was ever more of the picture than could be seen. */
  @state() private crowded = false;

  @query(".stage") private host!: HTMLElement | null;
  @query("tp-overview") private overview!: TpOverview | null;

  #stage: Stage | null = null;
  #svg: SVGSVGElement | null = null;
  #picture: GraphPicture | null = null;

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
    if (changed.has("svg")) this.crowded = false;
    if (changed.has("svg")) this.#svg = this.svg === null ? null : safeSvg(this.svg);
  }

  protected override render(): TemplateResult {
    return html`<div class="frame">
      <div class="tools">
        ${
          this.#svg === null
            ? nothing
            : [
                this.names === null ? nothing : this.#ways(),
                this.folding === null ? nothing : this.#folder(this.folding),
                this.#tool(this.t.zoomIn, icons.plus, () => this.#stage?.zoom(1.4)),
                this.#tool(this.t.zoomOut, icons.minus, () => this.#stage?.zoom(1 / 1.4)),
                this.#tool(this.t.zoomFit, icons.fit, () => this.#stage?.fit()),
                import.meta.env.MODE !== "player" && document.fullscreenEnabled
                  ? this.#tool(this.t.fullScreen, icons.full, this.#toggleFull)
                  : nothing,
                this.#file(this.t.downloadSvg, "SVG", "image/svg+xml", this.svg ?? ""),
              ]
        }
        ${this.dot === "" ? nothing : this.#file(this.t.downloadDot, "DOT", "text/vnd.graphviz", this.dot)}
      </div>
      ${this.unsaved ? html`<p class="note" role="alert">${this.t.notSaved}</p>` : nothing}
      ${
        this.#svg === null
          ? html`<p class="note" role="status"><tp-text .text=${this.note ?? this.t.notDrawn}></tp-text></p>`
          : html`<div
                class="stage"
                role="group"
                tabindex="0"
                aria-label=${this.label}
                aria-describedby=${`${this.#svg.querySelector("desc")?.id ?? ""} keys`}
                @keydown=${this.#key}
                @pointerover=${this.#hover}
                @pointerleave=${this.#leave}
                @focusin=${this.#focus}
                @focusout=${this.#leave}
                @click=${this.#click}
              ></div>
              ${this.crowded ? this.#overview() : nothing}`
      }
      <p id="keys" hidden>${this.names === null ? this.t.pictureKeys : this.t.graphKeys}</p>
    </div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (this.#svg === null) {
      this.#stage?.destroy();
      this.#stage = null;
      return;
    }
    const { host } = this;
    const fresh = (changed.has("svg") || this.#stage === null) && host !== null;
    if (fresh) this.#setUp(this.#svg, host);
    if (this.crowded) this.#look();
    if (this.#picture !== null) this.#show(this.#svg, this.#picture, (name) => fresh || changed.has(name));
  }

  /** Put another picture on the stage. */
  #setUp(svg: SVGSVGElement, host: HTMLElement): void {
    this.#stage?.destroy();
    host.replaceChildren(svg);
    const picture = new GraphPicture(svg);
    this.#picture = picture;
    this.#stage = new Stage(
      host,
      svg,
      () => picture.beginning,
      () => {
        this.#look();
      },
    );
    this.#look();
  }

  /** Show on the overview what can be seen, as soon as there is much more than that. */
  #look(): void {
    const stage = this.#stage;
    // A recording is one script, which has no room for it.
    if (import.meta.env.MODE === "player" || stage === null || this.#picture === null) return;
    const { box, view } = stage;
    const isCrowded = box.width * box.height > CROWDED * view.width * view.height;
    this.crowded ||= isCrowded;
    if (!this.crowded) return;
    parts.load(OVERVIEW);
    const { overview } = this;
    if (overview === null) return;
    overview.hidden = !isCrowded;
    overview.view = view;
  }

  /** Bring the picture up to date with the properties that have changed. */
  #show(svg: SVGSVGElement, picture: GraphPicture, changed: (name: keyof TpGraph) => boolean): void {
    if (this.names !== null && changed("names")) picture.name(this.names);
    // Our own style follows the theme; what a program drew itself stays on white paper.
    const ours = svg.classList.contains("tp-graph");
    if (ours) svg.dataset["theme"] = themes.theme;
    this.host?.classList.toggle("paper", !ours);
    picture.show(this.way);
    if (changed("lit") || changed("flowing")) {
      // Nothing flashes while the pointer only passes over it.
      const fresh = [...this.lit].every((id) => this.pinned.has(id));
      picture.light(this.lit, this.flowing, fresh);
    }
    if (changed("cards")) picture.write(this.cards);
    if (this.ahead !== null && changed("ahead")) picture.dim(this.ahead);
    const box = changed("pinned") ? picture.around(this.pinned) : null;
    if (box !== null) this.#stage?.bring(box);
  }

  #overview(): TemplateResult | typeof nothing {
    if (import.meta.env.MODE === "player") return nothing;
    return html`<tp-overview
      aria-hidden="true"
      .picture=${this.#stage?.box ?? null}
      .boxes=${guard([this.#picture], () => this.#picture?.places ?? [])}
      .move=${(x: number, y: number) => this.#stage?.centre(x, y)}
    ></tp-overview>`;
  }

  readonly #toggleFull = (): void => {
    void (this.matches(":fullscreen") ? document.exitFullscreen() : this.requestFullscreen());
  };

  #ways(): TemplateResult {
    return html`<fieldset class="ways" aria-label=${this.t.waysLabel}>
      ${DIRECTIONS.map(
        (way) =>
          html`<label title=${this.t.wayHints[way]}
            ><input
              type="radio"
              name="way"
              .checked=${way === this.way}
              @change=${() => {
                this.way = way;
              }}
            />${this.t.graphWays[way]}</label
          >`,
      )}
    </fieldset>`;
  }

  #folder({ kind, id, label }: FoldButton): TemplateResult {
    const text = kind === "open" ? this.t.unfold(label) : this.t.foldUp(label);
    return html`<button
      type="button"
      class="tool words"
      title=${visible(text)}
      @click=${() => {
        this.emit("tp-fold", { kind, id });
      }}
    >
      <tp-text .text=${text}></tp-text>
    </button>`;
  }

  #tool(label: string, icon: TemplateResult, act: () => void): TemplateResult {
    return html`<button type="button" class="tool" title=${label} aria-label=${label} @click=${act}>${icon}</button>`;
  }

  #file(label: string, text: string, type: string, content: string | (() => Promise<string>)): TemplateResult {
    return html`<button
      type="button"
      class="tool file"
      title=${label}
      aria-label=${label}
      @click=${() => {
        void this.#save(`${this.name}.${text.toLowerCase()}`, type, content);
      }}
    >
      ${text}
    </button>`;
  }

  async #save(name: string, type: string, content: string | (() => Promise<string>)): Promise<void> {
    try {
      download(name, typeof content === "string" ? content : await content(), type);
      this.unsaved = false;
    } catch {
      this.unsaved = true;
    }
  }

  #key(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const node = nodeOf(event);
    if (node === null ? this.#stageKey(event.key) : this.#nodeKey(node, event.key)) event.preventDefault();
  }

  #stageKey(key: string): boolean {
    if (key === "Enter" && this.names !== null) {
      const entry = [...this.lit][0] ?? this.#picture?.entry ?? null;
      return entry !== null && this.#picture?.focus(entry) === true;
    }
    return this.#stage?.key(key) === true;
  }

  #nodeKey(node: string, key: string): boolean {
    if (key === "Enter" || key === " ") {
      this.#choose(node);
      return true;
    }
    if (key === "Escape") {
      this.host?.focus();
      return true;
    }
    if (!key.startsWith("Arrow")) return this.#stage?.key(key) === true;
    const next = stepFrom(node, key, this.#picture?.boxes ?? new Map(), this.ways);
    if (next !== null) this.#picture?.focus(next);
    return true;
  }

  #send(node: string | null, pin: boolean): void {
    this.emit("tp-node", { node, pin });
  }

  #hover(event: PointerEvent): void {
    if (event.pointerType !== "touch") this.#send(nodeOf(event), false);
  }

  #leave(): void {
    this.#send(null, false);
  }

  #focus(event: FocusEvent): void {
    const node = nodeOf(event);
    if (node === null) return;
    this.#send(node, false);
    // Under a pointer nothing may move before it is released: the click would miss.
    const byKey = event.target instanceof Element && event.target.matches(":focus-visible");
    const box = byKey ? (this.#picture?.around([node]) ?? null) : null;
    if (box !== null) this.#stage?.bring(box);
  }

  #click(event: MouseEvent): void {
    const group = event.target instanceof SVGTextElement ? event.target.closest<SVGElement>(".cluster.module") : null;
    const id = group?.dataset["group"];
    if (id === undefined) this.#choose(nodeOf(event));
    else this.emit("tp-fold", { kind: "close", id });
  }

  /** A node that is chosen is shown elsewhere, too; a folded one opens. */
  #choose(node: string | null): void {
    if (node !== null && this.#picture?.isFolded(node) === true) this.emit("tp-fold", { kind: "open", id: node });
    else this.#send(node, true);
  }
}

/** The node that an event is about. */
function nodeOf(event: Event): string | null {
  const element = event.target instanceof Element ? event.target.closest<SVGElement>("[data-node]") : null;
  return element?.dataset["node"] ?? null;
}
