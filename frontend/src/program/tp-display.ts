import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Display } from "../api/schema.ts";
import { parts } from "../ui/parts.ts";
import { visible } from "../ui/text/visible.ts";
import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

import "../graph/tp-graph.ts";
import "../ui/tp-text.ts";

/** Few programs display any. */
const media = (): Promise<unknown> => import("./tp-media.ts");

/** What the program displayed: a graph that it made itself, or media. */
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
    `,
  ];

  @property({ attribute: false }) display: Display | null = null;

  protected override render(): TemplateResult | typeof nothing {
    if (this.display === null) return nothing;
    const { kind, title, svg, dot, note, mime, text } = this.display;
    if (kind === "graph") {
      return html`<figure>
        ${title === "" ? nothing : html`<figcaption><tp-text .text=${title}></tp-text></figcaption>`}
        <tp-graph .svg=${svg} .dot=${dot} .note=${note} .label=${visible(title) || this.t.graphs}></tp-graph>
      </figure>`;
    }
    if (note !== null || mime === null) return html`<pre><tp-text .text=${note ?? text}></tp-text></pre>`;
    parts.load(media);
    return html`<tp-media .display=${this.display}></tp-media>`;
  }
}
