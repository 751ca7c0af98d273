import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { faultAt } from "../api/client.ts";
import { detailOf } from "../api/faults.ts";
import { base, forms } from "../ui/styles.ts";
import { DeskElement } from "./base.ts";
import type { EmbedTheme } from "./embed.ts";

import "../ui/tp-text.ts";

/** What readers of another page will see: the picture, or the live view in its frame. */
@customElement("tp-embed-preview")
export class TpEmbedPreview extends DeskElement {
  static override styles = [
    base,
    forms,
    css`
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
      figure.live {
        padding: 0;
        overflow: hidden;
      }
      img {
        display: block;
        max-width: 100%;
        max-height: 320px;
      }
      iframe {
        display: block;
        width: 100%;
        height: 320px;
        border: 0;
      }
    `,
  ];

  @property() address = "";
  @property({ type: Boolean }) live = false;
  /** What the picture or the frame is called by those who do not see it. */
  @property() name = "";
  @property() theme: EmbedTheme = "auto";

  @state() private failure: string | null = null;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("address")) this.failure = null;
  }

  protected override render(): TemplateResult {
    return html`<figure class="${this.theme} ${this.live ? "live" : ""}" aria-label=${this.words.preview}>
      ${
        this.live
          ? html`<iframe src=${this.address} title=${this.name}></iframe>`
          : html`<img
              src=${plain(this.address)}
              alt=${this.name}
              ?hidden=${this.failure !== null}
              @error=${() => {
                void this.#fail(this.address);
              }}
            />`
      }
      ${
        this.failure === null
          ? nothing
          : html`<p class="failure" role="alert">
              ${this.words.pictureFailed} <tp-text .text=${this.failure}></tp-text>
            </p>`
      }
    </figure>`;
  }

  /** A picture does not say why it is not there; the address does. */
  async #fail(address: string): Promise<void> {
    const fault = await faultAt(address);
    if (fault !== null && address === this.address) this.failure = detailOf(fault) ?? this.t.unreachable;
  }
}

/** The address of a picture that fails instead of showing what failed: here that is said in words, to all. */
function plain(address: string): string {
  if (address === "") return address;
  const found = new URL(address, document.baseURI);
  found.searchParams.set("errors", "problem");
  return found.href;
}
