import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Display } from "../api/schema.ts";
import { visible } from "../ui/text/visible.ts";
import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

import "../graph/tp-graph.ts";
import "../ui/tp-text.ts";

/** What the program displayed: a graph that it made itself, a figure or picture; of a table or formula its text. */
@customElement("tp-display")
export class TpDisplay extends TpElement {
  static override styles = [
    base,
    css`
      figure,
      pre {
        margin: 8px 12px;
      }
      tp-graph {
        --graph-height: 300px;
      }
      img {
        max-width: 100%;
        background: #fff;
      }
    `,
  ];

  @property({ attribute: false }) display: Display | null = null;

  protected override render(): TemplateResult | typeof nothing {
    if (this.display === null) return nothing;
    const { kind, title, svg, dot, note, mime, data, text, width } = this.display;
    const name = visible(title || text);
    if (kind === "graph") {
      return html`<figure>
        ${title === "" ? nothing : html`<figcaption><tp-text .text=${title}></tp-text></figcaption>`}
        <tp-graph .svg=${svg} .dot=${dot} .note=${note} .label=${name || this.t.graphs}></tp-graph>
      </figure>`;
    }
    if (note !== null || !mime?.startsWith("image")) return html`<pre><tp-text .text=${note ?? text}></tp-text></pre>`;
    // As a picture, an SVG can neither run nor load anything.
    const form = mime.includes("svg") ? mime : `${mime};base64`;
    return html`<figure>
      <img src="data:${form},${encodeURIComponent(data)}" alt=${name} width=${width ?? nothing} />
    </figure>`;
  }
}
