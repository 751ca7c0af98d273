import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Display } from "../api/schema.ts";
import { visible } from "../ui/text/visible.ts";
import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

import "../graph/tp-graph.ts";
import "../ui/tp-text.ts";

/** A graph that the program made itself. */
@customElement("tp-displayed-graph")
export class TpDisplayedGraph extends TpElement {
  static override styles = [
    base,
    css`
      figure {
        margin: 0;
        padding: 8px 12px;
      }
      figcaption {
        margin-bottom: 4px;
        color: var(--muted);
        font-size: 12px;
      }
      tp-graph {
        --graph-height: 300px;
      }
    `,
  ];

  @property({ attribute: false }) display: Display | null = null;

  protected override render(): TemplateResult | typeof nothing {
    if (this.display === null) return nothing;
    const { title, svg, dot, note } = this.display;
    return html`<figure>
      ${title === "" ? nothing : html`<figcaption><tp-text .text=${title}></tp-text></figcaption>`}
      <tp-graph .svg=${svg} .dot=${dot} .note=${note ?? null} .label=${visible(title) || this.t.graphs}></tp-graph>
    </figure>`;
  }
}
