import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Display } from "../api/schema.ts";
import { safeHtml } from "../ui/safe-html.ts";
import { visible } from "../ui/text/visible.ts";
import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

import "../derivation/tp-math.ts";
import "../ui/tp-text.ts";

/** A figure, a picture, a table or a formula that the program displayed. */
@customElement("tp-media")
export class TpMedia extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        display: block;
        margin: 8px 12px;
      }
      img {
        display: block;
        max-width: 100%;
        background: #fff;
      }
      :fullscreen {
        object-fit: contain;
      }
      .table {
        max-height: 360px;
        overflow: auto;
        overflow-wrap: anywhere;
      }
      table {
        border-collapse: collapse;
        font-variant-numeric: tabular-nums;
        overflow-wrap: normal;
      }
      th,
      td {
        padding: 3px 10px;
        border-bottom: 1px solid var(--line);
        text-align: right;
      }
      menu {
        display: flex;
        gap: 12px;
        padding: 4px 0 0;
        font-size: 12px;
      }
      a,
      button {
        padding: 0;
        border: 0;
        background: none;
        color: var(--muted);
        font: inherit;
        text-decoration: underline;
        cursor: pointer;
      }
      @media print {
        menu {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) display: Display | null = null;

  protected override render(): TemplateResult | typeof nothing {
    if (this.display === null) return nothing;
    const { mime, data, text } = this.display;
    if (mime === "text/html")
      // A recording is one script, which has no room for more than the text.
      return import.meta.env.MODE === "player"
        ? html`<pre><tp-text .text=${text}></tp-text></pre>`
        : html`<div class="table" tabindex="0" role="group" aria-label=${this.t.result}>${safeHtml(data)}</div>`;
    if (mime === "text/latex") {
      // The signs around it say that it is mathematics.
      const latex = data.replace(/^\s*\$+|\$+\s*$/g, "");
      return html`<tp-math .latex=${latex} .text=${latex}></tp-math>`;
    }
    return this.#picture(this.display);
  }

  #picture({ mime, data, title, text, width }: Display): TemplateResult {
    const [, kind = ""] = (mime ?? "").split("/");
    const name = visible(title || text);
    // As a picture, an SVG can neither run nor load anything. Saved and opened it could.
    const isVector = kind.startsWith("svg");
    const source = `data:${mime ?? ""}${isVector ? "" : ";base64"},${encodeURIComponent(data)}`;
    const picture = html`<img src=${source} alt=${name} width=${width ?? nothing} />`;
    if (import.meta.env.MODE === "player") return picture;
    const save = html`<a href=${source} download="${name}.${kind}">${this.t.savePicture}</a>`;
    const enlarge = html`<button type="button" @click=${this.#enlarge}>${this.t.enlarge}</button>`;
    return html`${picture}
      <menu>${document.fullscreenEnabled ? enlarge : nothing} ${isVector ? nothing : save}</menu>`;
  }

  #enlarge(): void {
    void this.renderRoot.querySelector("img")?.requestFullscreen();
  }
}
