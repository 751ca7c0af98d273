import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { DrawnGraph } from "../api/schema.ts";
import type { Values } from "../api/values.ts";
import { locale } from "../i18n/index.ts";
import { flowingAt } from "./flowing.ts";
import { cardTexts, type NodeMoment, momentsOf } from "./moments.ts";
import { nodeNames } from "./node-names.ts";
import { type Ahead, aheadOf, type Reach, reachOf } from "./reach.ts";
import { titlesOf } from "./titles.ts";
import { litIn } from "../timeline/lights.ts";
import { graphsKept, leftOut } from "../timeline/rounds.ts";
import { deferredOf, missingOf } from "../run/arrived.ts";
import { dotOf } from "../run/files.ts";
import { isOutline, type Progress, type Refusal } from "../run/redrawing.ts";
import { base, controls } from "../ui/styles.ts";
import { parts } from "../ui/parts.ts";
import { visible } from "../ui/text/visible.ts";
import type { Timeline } from "../timeline/timeline.ts";
import type { ViewName } from "../navigation/viewpoint.ts";
import { TpElement } from "../ui/base.ts";
import type { Sent } from "../ui/events.ts";
import type { CardText } from "./svg/writing.ts";
import type { FoldButton } from "./tp-graph.ts";

import "../values/tp-missing.ts";
import "./tp-graph.ts";
import "../ui/tp-tabs.ts";

const TABLE = (): Promise<unknown> => import("./tp-node-table.ts");

/**
 * The computation graphs of a run, one at a time. Sends `tp-target`, `tp-look`, `tp-graph-chosen` with a graph's id, `tp-draw` with
 * the one that is shown, `tp-redraw` to fold or open a part of it, and `tp-view` with the view to show instead.
 */
@customElement("tp-graphs")
export class TpGraphs extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      :host,
      #panel {
        display: flex;
        flex-direction: column;
      }
      #panel,
      tp-graph {
        flex: 1 0 auto;
      }
      .head {
        display: flex;
        align-items: center;
        gap: 4px 10px;
        margin-bottom: 8px;
      }
      h2 {
        flex: none;
      }
      /* A loop has a graph for each of its rounds: they are one row. */
      tp-tabs {
        flex: 1;
        min-width: 0;
        --tab-font: var(--mono);
        --tabs-wrap: nowrap;
      }
      .none {
        display: grid;
        gap: 8px;
        justify-items: center;
        padding: 22px 16px;
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius);
        color: var(--muted);
        text-align: center;
      }
      .left-out {
        order: -1;
        margin-bottom: 8px;
        color: var(--muted);
        font-size: 12.5px;
      }
      .again {
        align-self: start;
        margin-top: 8px;
      }
      details {
        margin-top: 6px;
      }
      @media print {
        :host,
        #panel {
          display: block;
        }
        .head {
          break-after: avoid;
        }
      }
      summary {
        color: var(--muted);
        font-size: 12px;
        cursor: pointer;
      }
      summary:hover {
        color: var(--ink);
      }
    `,
  ];

  @property({ attribute: false }) timeline: Timeline | null = null;
  @property({ attribute: false }) step: number | null = null;
  @property() shown: string | null = null;
  /** The state of the drawing of the graph that is shown; null if it is drawn. */
  @property() progress: Progress | null = null;
  /** Why that graph was not folded as a person asked; null if it was. */
  @property() refusal: Refusal | null = null;
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();
  /** Nodes to bring into view. */
  @property({ attribute: false }) pinned: ReadonlySet<string> = new Set();
  @state() private listed = false;

  #known: Known | null = null;

  get #graph(): DrawnGraph | undefined {
    const graphs = this.timeline?.response.graphs ?? [];
    return graphs.find(({ id }) => id === this.shown) ?? graphs.at(-1);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const graph = this.#graph;
    if (graph !== undefined && (changed.has("timeline") || changed.has("shown")))
      this.emit("tp-draw", { graph: graph.id, again: false });
    const looked = deferredOf(this.#values);
    if (looked.length > 0) this.emit("tp-look", looked);
  }

  /** What the cards and the table have. At the end the cards are as they were printed. */
  get #values(): (Values | null)[] {
    if (this.step === null && !this.listed) return [];
    return [...(this.#known?.moments.values() ?? [])].flatMap(({ value, gradient }) => [value, gradient]);
  }

  protected override render(): TemplateResult {
    const graphs = this.timeline?.response.graphs ?? [];
    const graph = this.#graph;
    const titles = this.timeline === null ? [] : titlesOf(this.timeline.response);
    return html`<div class="head">
        <h2>${this.t.graphs}</h2>
        <tp-tabs
          .tabs=${graphs.map(({ id }, at) => ({ id, text: titles[at] ?? id }))}
          .shown=${graph?.id ?? ""}
          .label=${this.t.graphs}
          @tp-tab=${(event: Sent<"tp-tab">) => {
            event.stopPropagation();
            this.emit("tp-graph-chosen", event.detail);
          }}
        ></tp-tabs>
      </div>
      ${graph === undefined || this.timeline === null ? this.#none() : this.#panel(this.timeline, graph)}`;
  }

  /** Why there is no graph, and the way to the memory if there is something to see there. */
  #none(): TemplateResult {
    const tensors = (this.timeline?.response.tensors.length ?? 0) > 0;
    return html`<div class="none">
      <p>${this.t.noGraph}</p>
      ${
        tensors
          ? html`<button
              type="button"
              class="link"
              @click=${() => {
                this.emit("tp-view", "memory" satisfies ViewName);
              }}
            >
              ${this.t.seeMemory}
            </button>`
          : nothing
      }
    </div>`;
  }

  #panel(timeline: Timeline, graph: DrawnGraph): TemplateResult {
    const name = visible(graph.root_name || graph.root);
    const known = this.#knownOf(timeline, graph);
    const missing = missingOf(this.#values);
    const point = (event: Sent<"tp-node">): void => {
      const { node, pin } = event.detail;
      this.emit("tp-target", { target: node === null ? null : { kind: "node", graph: graph.id, node }, pin });
    };
    return html`<div id="panel" role="tabpanel" aria-label=${this.t.graphOf(name)}>
      <tp-graph
        .svg=${graph.svg}
        .dot=${isOutline(graph) ? "" : () => dotOf(timeline.response, graph)}
        .note=${this.progress === null ? null : this.t.outline[this.progress]}
        .label=${this.t.graphOf(name)}
        .name=${name}
        .lit=${litIn(this.lit, graph.id)}
        .pinned=${litIn(this.pinned, graph.id)}
        .cards=${known.cards}
        .ahead=${known.ahead}
        .flowing=${known.flowing}
        .names=${known.names}
        .ways=${graph.edges}
        .folding=${this.#folding(graph)}
        @tp-node=${point}
        @tp-fold=${(event: Sent<"tp-fold">) => {
          this.emit("tp-redraw", { graph: graph.id, change: event.detail });
        }}
      ></tp-graph>
      ${leftOut(timeline, this.step) ? html`<p class="left-out" role="status">${this.t.graphLeftOut(graphsKept(timeline))}</p>` : nothing}
      ${missing === null ? nothing : html`<tp-missing class="left-out" .why=${missing}></tp-missing>`}
      ${this.refusal === null ? nothing : html`<p class="left-out">${this.t[this.refusal]}</p>`}
      ${this.progress === "failed" ? this.#again(graph) : nothing}
      ${isOutline(graph) ? nothing : this.#table(graph, name, known, point)}
    </div>`;
  }

  #again(graph: DrawnGraph): TemplateResult {
    return html`<button
      type="button"
      class="link again"
      @click=${() => {
        this.emit("tp-draw", { graph: graph.id, again: true });
      }}
    >
      ${this.t.drawAgain}
    </button>`;
  }

  #table(graph: DrawnGraph, name: string, { moments }: Known, point: (event: Sent<"tp-node">) => void): TemplateResult {
    return html`<details
      @toggle=${(event: Event) => {
        this.listed = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
        // It is for those who ask for it.
        if (this.listed) parts.load(TABLE);
      }}
    >
      <summary>${this.t.nodeTable(graph.nodes.length)}</summary>
      ${
        this.listed
          ? html`<tp-node-table
              .graph=${graph}
              .cells=${this.timeline?.response.cells ?? []}
              .moments=${moments}
              .lit=${litIn(this.lit, graph.id)}
              .label=${this.t.nodesOf(name)}
              @tp-node=${point}
            ></tp-node-table>`
          : nothing
      }
    </details>`;
  }

  /** What is known of a graph at a step, computed only if one of the two has changed. */
  #knownOf(timeline: Timeline, graph: DrawnGraph): Known {
    const { step } = this;
    if (this.#known?.graph !== graph || this.#known.lang !== locale.lang) {
      const reach = reachOf(timeline, graph);
      this.#known = {
        graph,
        lang: locale.lang,
        reach,
        names: new Map(),
        step: NaN,
        timeline,
        moments: new Map(),
        cards: null,
        ahead: aheadOf(graph, reach, null),
        flowing: new Map(),
      };
    }
    if (this.#known.step !== step || this.#known.timeline !== timeline) {
      const ahead = aheadOf(graph, this.#known.reach, step);
      const index = step === null ? null : (timeline.stops[timeline.stopOf(step)]?.step ?? null);
      const moments = momentsOf(timeline, graph, step);
      const cards = cardTexts(graph, moments);
      this.#known = {
        ...this.#known,
        step,
        timeline,
        moments,
        cards: step === null ? null : cards,
        names: nodeNames({ graph, moments, cards, ahead: ahead.nodes }, this.t),
        ahead,
        flowing: flowingAt(timeline, graph, index),
      };
    }
    return this.#known;
  }

  /** What can be done to what was chosen: a folded node can be opened, and the innermost module around a node be closed. */
  #folding(graph: DrawnGraph): FoldButton | null {
    const pinned = litIn(this.pinned, graph.id);
    const node = pinned.size === 1 ? graph.nodes.find(({ id }) => pinned.has(id)) : undefined;
    if (node === undefined) return null;
    if (node.kind === "folded") return { kind: "open", id: node.id, label: visible(node.label) };
    const groups = new Map(graph.groups.map((group) => [group.id, group]));
    for (let at = groups.get(node.group ?? ""); at !== undefined; at = groups.get(at.parent ?? ""))
      if (at.kind === "module") return { kind: "close", id: at.id, label: visible(at.label) };
    return null;
  }
}

/** What is known of a graph, and of it at a step (NaN before it was asked for). */
interface Known {
  readonly graph: DrawnGraph;
  readonly lang: string;
  readonly reach: ReadonlyMap<string, Reach>;
  readonly names: ReadonlyMap<string, string>;
  readonly step: number | null;
  readonly timeline: Timeline;
  readonly moments: ReadonlyMap<string, NodeMoment>;
  readonly cards: ReadonlyMap<string, CardText> | null;
  readonly ahead: Ahead;
  readonly flowing: ReadonlyMap<string, string>;
}
