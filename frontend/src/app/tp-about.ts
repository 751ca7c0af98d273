import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { pathTo } from "../address.ts";
import type { About, LayerHeld } from "../api/schema.ts";
import { badges, base, controls } from "../ui/styles.ts";
import { DeskElement } from "../share/base.ts";
import * as icons from "../ui/icons.ts";

const SHOWN_LIMITS = ["timeout_s", "memory_bytes", "output_bytes", "code_bytes", "threads"];

/** What the service is, for whoever runs it: device, layers of isolation, versions and limits, in a popover. */
@customElement("tp-about")
export class TpAbout extends DeskElement {
  static override styles = [
    base,
    badges,
    controls,
    css`
      .round {
        width: 28px;
        height: 28px;
        border-color: var(--line);
        border-radius: 999px;
      }
      .weak {
        color: var(--bad-ink);
      }
      [popover] {
        position: fixed;
        inset: 52px 12px auto auto;
        width: min(400px, calc(100vw - 24px));
        max-height: calc(100vh - 70px);
        margin: 0;
        padding: 14px 16px;
        overflow: auto;
        border: 1px solid var(--line-strong);
        border-radius: 10px;
        background: var(--card);
        color: var(--ink);
        box-shadow: 0 8px 30px rgb(0 0 0 / 22%);
      }
      h2 {
        margin: 0 0 4px;
        font-size: 13px;
        color: var(--ink);
      }
      h2:not(:first-child) {
        margin-top: 12px;
      }
      p {
        color: var(--muted);
        font-size: 12.5px;
      }
      ul {
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 0 8px;
        padding: 4px 0;
        border-top: 1px solid var(--line);
        font-size: 12.5px;
      }
      li .detail {
        grid-column: 1 / -1;
        color: var(--muted);
        font-size: 11.5px;
        overflow-wrap: anywhere;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px 12px;
        margin: 4px 0 0;
        font: 12px/1.5 var(--mono);
      }
      dt {
        color: var(--muted);
      }
      dd {
        margin: 0;
      }
      a {
        display: inline-block;
        margin-top: 12px;
        color: var(--accent);
        font-size: 12.5px;
      }
    `,
  ];

  @property({ attribute: false }) about: Partial<About> | null = null;

  protected override render(): TemplateResult {
    const weak = this.about?.isolation?.layers.some((layer) => !layer.held) === true;
    return html`<button
        type="button"
        class="tool round ${weak ? "weak" : ""}"
        popovertarget="about"
        title=${this.words.aboutService}
        aria-label=${this.words.aboutService}
      >
        ${icons.about}
      </button>
      <div id="about" popover="auto">
        ${this.about === null ? html`<p>${this.t.serviceUnknown}</p>` : this.#body(this.about)}
      </div>`;
  }

  #body({ environment, isolation, versions, packages, limits }: Partial<About>): TemplateResult {
    return html`${environment === undefined ? nothing : html`<h2>${this.t.device}: ${this.t.deviceName(environment.device)}</h2>`}
      ${
        isolation === undefined
          ? nothing
          : html`<h2>${this.t.isolation}: ${isolation.profile}</h2>
              <p>${this.t.isolationAbout}</p>
              <ul>
                ${isolation.layers.map((layer) => this.#layer(layer))}
              </ul>`
      }
      ${this.#table(this.t.versions, Object.entries({ ...versions, ...packages }))}
      ${this.#table(this.t.limits, this.#limits(limits ?? {}))} <a href=${pathTo("docs")}>${this.t.apiDocs}</a>`;
  }

  #limits(limits: Readonly<Record<string, number>>): [string, string][] {
    return SHOWN_LIMITS.flatMap((name) => {
      const limit = limits[name];
      if (limit === undefined) return [];
      const text = name.endsWith("_bytes") ? this.t.bytes(limit) : name.endsWith("_s") ? `${limit} s` : String(limit);
      return [[name.replace(/_(bytes|s)$/, ""), text]];
    });
  }

  #layer({ name, held, detail }: LayerHeld): TemplateResult {
    const state = held ? "good" : "bad";
    const words = held ? this.t.layerHeld : this.t.layerMissing;
    return html`<li>
      <code>${name}</code><span class="badge ${state}">${words}</span>
      ${detail === "" ? nothing : html`<span class="detail">${detail}</span>`}
    </li>`;
  }

  #table(title: string, rows: readonly (readonly [string, string])[]): TemplateResult | typeof nothing {
    if (rows.length === 0) return nothing;
    return html`<h2>${title}</h2>
      <dl>
        ${rows.map(
          ([name, text]) =>
            html`<dt>${name}</dt>
              <dd>${text}</dd>`,
        )}
      </dl>`;
  }
}
