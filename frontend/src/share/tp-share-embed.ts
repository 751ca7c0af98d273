import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { addressOf } from "../address.ts";
import { faultAt } from "../api/client.ts";
import { detailOf } from "../api/faults.ts";
import type { DrawnGraph } from "../api/schema.ts";
import { locale } from "../i18n/index.ts";
import { type EmbedTheme, isLong, pictureAddress } from "./embed.ts";
import { pictureHtml } from "./html.ts";
import { encode } from "./fragment.ts";
import { sameCells } from "../run/notebook.ts";
import type { SharedState } from "./state.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import { TpElement } from "../ui/base.ts";
import type { Stored } from "./events.ts";

import "./tp-copy.ts";
import "../ui/tp-text.ts";

const THEMES: readonly EmbedTheme[] = ["auto", "light", "dark"];

/** A graph of the program for another page: the picture as readers will see it, and the HTML for it. */
@customElement("tp-share-embed")
export class TpShareEmbed extends TpElement {
  static override styles = [
    base,
    controls,
    forms,
    css`
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        margin-bottom: 12px;
      }
      .choices label {
        display: flex;
        gap: 8px;
        align-items: center;
        color: var(--soft);
        font-size: 13px;
      }
      .choices select {
        height: 32px;
        max-width: 200px;
        font-size: 13px;
      }
      figure {
        display: grid;
        place-items: center;
        min-height: 160px;
        margin: 0 0 12px;
        padding: 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      figure.light {
        background: #fff;
        color-scheme: light;
      }
      figure.dark {
        background: #12161d;
        color-scheme: dark;
      }
      img {
        display: block;
        max-width: 100%;
        max-height: 320px;
      }
      .hint {
        margin-top: 8px;
      }
      .title {
        margin-bottom: 6px;
      }
    `,
  ];

  @property({ attribute: false }) state: SharedState = { cells: [] };
  @property({ attribute: false }) graphs: readonly DrawnGraph[] = [];
  @property() graph: string | null = null;
  @property({ attribute: false }) stored: Stored | null = null;

  @state() private chosen: string | null = null;
  @state() private theme: EmbedTheme = "auto";
  @state() private link = "";
  @state() private failure: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("state")) void this.#link();
    this.chosen ??= this.graph;
  }

  async #link(): Promise<void> {
    this.link = addressOf(await encode({ cells: this.state.cells }));
  }

  protected override render(): TemplateResult {
    const graph = this.graphs.find(({ id }) => id === this.chosen) ?? this.graphs.at(-1);
    if (graph === undefined) return html`<p class="hint">${this.t.embedNone}</p>`;
    const id = this.stored !== null && sameCells(this.stored.state.cells, this.state.cells) ? this.stored.id : null;
    const address = pictureAddress(addressOf(""), {
      program: id === null ? { cells: this.state.cells } : { snippet: id },
      // A graph whose root has no name can only be had as the last.
      of: graph.root_name === "" ? null : graph.root_name,
      // Rounds of a loop give their graphs the same name, which is that of the last.
      graph: this.graphs.findLast(({ root_name }) => root_name === graph.root_name) === graph ? null : graph.id,
      theme: this.theme,
      lang: locale.lang,
    });
    return html`${this.#choices(graph)}
    ${isLong(address) ? html`<p class="hint">${this.t.embedLong}</p>` : this.#preview(address, graph, id)}`;
  }

  #choices(shown: DrawnGraph): TemplateResult {
    return html`<div class="choices">
      <label
        >${this.t.graphToShare}
        <select
          @change=${(event: Event) => {
            this.chosen = this.graphs[chosen(event)]?.id ?? null;
          }}
        >
          ${this.graphs.map(
            (graph) => html`<option ?selected=${graph === shown}>${visible(graph.root_name || graph.root)}</option>`,
          )}
        </select>
      </label>
      <label
        >${this.t.pictureTheme}
        <select
          @change=${(event: Event) => {
            this.theme = THEMES[chosen(event)] ?? "auto";
          }}
        >
          ${THEMES.map(
            (theme) => html`<option ?selected=${theme === this.theme}>${this.t.pictureThemes[theme]}</option>`,
          )}
        </select>
      </label>
    </div>`;
  }

  #preview(address: string, graph: DrawnGraph, id: string | null): TemplateResult {
    const alt = this.t.pictureAlt(visible(graph.root_name || graph.root));
    const link = id === null ? this.link : addressOf(`s/${id}`);
    return html`<figure class=${this.theme} aria-label=${this.t.preview}>
        <img
          src=${address}
          alt=${alt}
          ?hidden=${this.failure !== null}
          @load=${() => {
            this.failure = null;
          }}
          @error=${() => {
            void this.#fail(address);
          }}
        />
        ${
          this.failure === null
            ? nothing
            : html`<p class="failure" role="alert">
                ${this.t.pictureFailed} <tp-text .text=${this.failure}></tp-text>
              </p>`
        }
      </figure>
      <h3 class="title">${this.t.pictureHtml}</h3>
      <tp-copy long .label=${this.t.pictureHtml} .text=${pictureHtml(address, link, alt)}></tp-copy>
      <p class="hint">${this.t.embedAbout}</p>`;
  }

  /** A picture does not say why it is not there; the address does. */
  async #fail(address: string): Promise<void> {
    const fault = await faultAt(address);
    if (fault !== null) this.failure = detailOf(fault) ?? this.t.unreachable;
  }
}

function chosen(event: Event): number {
  return event.target instanceof HTMLSelectElement ? event.target.selectedIndex : -1;
}
