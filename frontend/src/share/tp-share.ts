import { css, html, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { RunResponse } from "../api/schema.ts";
import type { Progress } from "../run/redrawing.ts";
import type { SharedState } from "./state.ts";
import { base } from "../ui/styles.ts";
import { DeskElement } from "./base.ts";
import type { Sent } from "../ui/events.ts";
import type { Stored } from "./events.ts";

import "../ui/tp-dialog.ts";
import "./tp-share-download.ts";
import "./tp-share-embed.ts";
import "./tp-share-link.ts";
import "../ui/tp-tabs.ts";

const SHARE_WAYS = ["link", "embed", "download"] as const;
type ShareWay = (typeof SHARE_WAYS)[number];

/** The dialog to share the program: as a link, in another page, or as a file. Sends `tp-closed`. */
@customElement("tp-share")
export class TpShare extends DeskElement {
  static override styles = [
    base,
    css`
      tp-tabs {
        margin: 0 0 14px -2px;
      }
    `,
  ];

  @property({ attribute: false }) state: SharedState = { cells: [] };
  @property({ attribute: false }) response: RunResponse | null = null;
  /** The graph that the page shows. */
  @property() graph: string | null = null;
  /** The state of the drawing of that graph; null if it is drawn. */
  @property() progress: Progress | null = null;
  /** Whether the service stores programs; null if it has not said. */
  @property({ attribute: false }) stores: boolean | null = null;

  @state() private way: ShareWay = "link";
  @state() private stored: Stored | null = null;

  protected override render(): TemplateResult {
    return html`<tp-dialog .heading=${this.words.share}>
      <tp-tabs
        .tabs=${SHARE_WAYS.map((id) => ({ id, text: this.words.ways[id] }))}
        .shown=${this.way}
        .label=${this.words.shareWays}
        @tp-tab=${(event: Sent<"tp-tab">) => {
          this.way = SHARE_WAYS.find((way) => way === event.detail) ?? this.way;
        }}
      ></tp-tabs>
      <div id="panel" role="tabpanel" aria-label=${this.words.ways[this.way]}>${this.#panel()}</div>
    </tp-dialog>`;
  }

  #panel(): TemplateResult {
    const keep = (event: Sent<"tp-stored">): void => {
      this.stored = event.detail;
    };
    switch (this.way) {
      case "link":
        return html`<tp-share-link
          .state=${this.state}
          .stores=${this.stores}
          .stored=${this.stored}
          @tp-stored=${keep}
        ></tp-share-link>`;
      case "embed":
        return html`<tp-share-embed
          .state=${this.state}
          .graphs=${this.response?.graphs ?? []}
          .graph=${this.graph}
          .stores=${this.stores}
          .stored=${this.stored}
          @tp-stored=${keep}
        ></tp-share-embed>`;
      case "download":
        return html`<tp-share-download
          .cells=${this.state.cells}
          .response=${this.response}
          .graph=${this.graph}
          .progress=${this.progress}
        ></tp-share-download>`;
    }
  }
}
