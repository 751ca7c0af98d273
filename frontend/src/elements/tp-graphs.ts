import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { GraphBody, NodeBody } from "../api/schema.ts";
import { targetEvent } from "../link/lights.ts";
import { badges, base, controls } from "../styles/shared.ts";
import { visible } from "../text/visible.ts";
import { TpElement } from "./base.ts";
import type { NodeDetail } from "./tp-graph.ts";

import "./tp-graph.ts";
import "./tp-tabs.ts";
import "./tp-text.ts";

/** The computation graphs of a run, one at a time. Sends `tp-target`, and `tp-graph-chosen` with a graph's id. */
@customElement("tp-graphs")
export class TpGraphs extends TpElement {
  static override styles = [
    base,
    controls,
    badges,
    css`
      .head {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 10px;
        margin-bottom: 8px;
      }
      tp-tabs {
        --tab-font: var(--mono);
      }
      .none {
        padding: 22px 16px;
        border: 1px dashed var(--line-strong);
        border-radius: var(--radius);
        color: var(--muted);
        text-align: center;
      }
      details {
        margin-top: 6px;
      }
      ol {
        display: grid;
        gap: 2px;
        max-height: 240px;
        margin: 6px 0 0;
        padding: 0;
        overflow: auto;
        list-style: none;
      }
      li button {
        display: flex;
        flex-wrap: wrap;
        gap: 2px 8px;
        width: 100%;
        padding: 3px 8px;
        border: 0;
        border-radius: 6px;
        background: none;
        font-size: 12.5px;
        text-align: left;
        cursor: pointer;
      }
      li button:hover,
      li button[aria-pressed="true"] {
        background: var(--lit-ground);
      }
      li .order {
        color: var(--muted);
      }
    `,
  ];

  @property({ attribute: false }) graphs: readonly GraphBody[] = [];
  @property() shown: string | null = null;
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();
  @state() private listed = false;

  protected override render(): TemplateResult {
    const graph = this.graphs.find((found) => found.id === this.shown) ?? this.graphs[0];
    return html`<div class="head">
        <h2>${this.t.graphs}</h2>
        <tp-tabs
          .tabs=${this.graphs.map(({ id, root, root_name }) => ({ id, text: root_name || root }))}
          .shown=${graph?.id ?? ""}
          .label=${this.t.graphs}
          @tp-tab=${(event: CustomEvent<string>) => {
            event.stopPropagation();
            this.emit("tp-graph-chosen", event.detail);
          }}
        ></tp-tabs>
      </div>
      ${graph === undefined ? html`<p class="none">${this.t.noGraph}</p>` : this.#panel(graph)}`;
  }

  #panel(graph: GraphBody): TemplateResult {
    const name = visible(graph.root_name || graph.root);
    return html`<div id="panel" role="tabpanel" aria-label=${this.t.graphOf(name)}>
      <tp-graph
        .svg=${graph.svg}
        .dot=${graph.dot}
        .label=${this.t.graphOf(name)}
        .name=${name}
        .lit=${this.lit}
        @tp-node=${(event: CustomEvent<NodeDetail>) => {
          this.#point(graph, event.detail.node, event.detail.pin);
        }}
      ></tp-graph>
      <details
        @toggle=${(event: Event) => {
          this.listed = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
        }}
      >
        <summary>${this.t.nodeList(graph.nodes.length)}</summary>
        ${
          this.listed
            ? html`<ol>
                ${graph.nodes.map((node) => this.#row(graph, node))}
              </ol>`
            : nothing
        }
      </details>
    </div>`;
  }

  #row(graph: GraphBody, node: NodeBody): TemplateResult {
    const kind = node.kind === "leaf" || node.kind === "parameter" ? node.kind : node.kind === "result" ? "good" : "";
    return html`<li>
      <button
        type="button"
        aria-pressed=${this.lit.has(node.id) ? "true" : "false"}
        @click=${() => {
          this.#point(graph, node.id, true);
        }}
      >
        <span class="badge ${kind}">${this.t.nodeKinds[node.kind]}</span>
        <code><tp-text .text=${node.label}></tp-text></code>
        ${
          node.expression === null || node.expression === node.label
            ? nothing
            : html`<code>= <tp-text .text=${node.expression}></tp-text></code>`
        }
        ${node.function === null ? nothing : html`<span class="order"><tp-text .text=${node.function}></tp-text></span>`}
        ${node.order === null ? nothing : html`<span class="order">${this.t.backwardOrder(node.order + 1)}</span>`}
      </button>
    </li>`;
  }

  #point(graph: GraphBody, node: string | null, pin: boolean): void {
    const target = node === null ? null : ({ kind: "node", graph: graph.id, node } as const);
    this.dispatchEvent(targetEvent({ target, pin }));
  }
}
