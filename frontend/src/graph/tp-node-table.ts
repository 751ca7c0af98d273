import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { DrawnGraph, Node, RunResponse } from "../api/schema.ts";
import { called } from "../run/notebook.ts";
import { badges, base } from "../ui/styles.ts";
import type { Values } from "../api/values.ts";
import { brief } from "../numbers/brief.ts";
import { shapeText } from "../numbers/grid.ts";
import { isLeaf, type NodeMoment } from "./moments.ts";
import { TpElement } from "../ui/base.ts";

import "../ui/tp-text.ts";

/** The nodes of a graph as a table, which says what the picture shows. Sends `tp-node` for what is pressed. */
@customElement("tp-node-table")
export class TpNodeTable extends TpElement {
  static override styles = [
    base,
    badges,
    css`
      div {
        max-height: 320px;
        margin-top: 6px;
        overflow: auto;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 12.5px;
      }
      th,
      td {
        padding: 3px 9px;
        border-bottom: 1px solid var(--line);
        text-align: left;
        vertical-align: baseline;
      }
      thead th {
        position: sticky;
        top: 0;
        background: var(--panel);
        color: var(--soft);
        font-weight: 600;
        white-space: nowrap;
      }
      tr.lit > * {
        background: var(--lit-ground);
      }
      button {
        padding: 0;
        border: 0;
        background: none;
        color: var(--accent);
        font: 600 12.5px/1.5 var(--mono);
        text-align: left;
        overflow-wrap: anywhere;
        cursor: pointer;
      }
      .code {
        font: 12px/1.5 var(--mono);
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) graph!: DrawnGraph;
  /** The cells of its program. */
  @property({ attribute: false }) cells: RunResponse["cells"] = [];
  /** What the nodes hold at the step that is shown. */
  @property({ attribute: false }) moments: ReadonlyMap<string, NodeMoment> = new Map();
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();
  @property() label = "";

  protected override render(): TemplateResult {
    const { columns } = this.t;
    return html`<div tabindex="0" role="group" aria-label=${this.label}>
      <table>
        <caption class="unseen">
          ${this.label}
        </caption>
        <thead>
          <tr>
            ${[
              columns.name,
              columns.kind,
              columns.operation,
              columns.backward,
              columns.shape,
              columns.value,
              columns.gradient,
              columns.source,
            ].map((name) => html`<th scope="col">${name}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${this.graph.nodes.map((node) => this.#row(node))}
        </tbody>
      </table>
    </div>`;
  }

  #row(node: Node): TemplateResult {
    const { kind } = node;
    const tone = kind === "leaf" || kind === "parameter" ? kind : kind === "result" ? "good" : "";
    const source =
      node.span === null ? null : this.t.sourceLine(called(this.cells, node.span.cell, this.t), node.span.line);
    const lit = this.lit.has(node.id);
    const moment = this.moments.get(node.id);
    const gradient = moment?.gradient ?? null;
    return html`<tr class=${lit ? "lit" : ""}>
      <th scope="row">
        <button
          type="button"
          aria-pressed=${lit ? "true" : "false"}
          @click=${() => {
            this.emit("tp-node", { node: node.id, pin: true });
          }}
        >
          <tp-text .text=${node.label}></tp-text>
        </button>
      </th>
      <td><span class="badge ${tone}">${this.t.nodeKinds[kind]}</span></td>
      <td class="code">${this.#text(node.call ?? (kind === "folded" ? this.t.nodesWithin(node.count) : null))}</td>
      <td class="code">
        ${this.#text(node.function)}${node.order === null ? nothing : html` · ${this.t.backwardOrder(node.order + 1)}`}
      </td>
      <td class="code">${this.#text(node.shape === null ? null : shapeText(node.shape))}</td>
      <td class="code">${this.#text(values(moment?.value ?? null, node.shape))}</td>
      <td class="code">
        ${this.#text(values(gradient, node.shape))}
        ${gradient === null || node.grad_kept || isLeaf(node) ? nothing : html`<span class="note">${this.t.passing}</span>`}
      </td>
      <td>${this.#text(node.expression, "code")} ${source === null ? nothing : html`<span>${source}</span>`}</td>
    </tr>`;
  }

  #text(text: string | null, look = ""): TemplateResult | typeof nothing {
    return text === null ? nothing : html`<span class=${look}><tp-text .text=${text}></tp-text></span>`;
  }
}

function values(found: Values | null, shape: readonly number[] | null): string | null {
  if (found === null) return null;
  return found.kind === "awaited" ? "…" : brief(found, shape);
}
