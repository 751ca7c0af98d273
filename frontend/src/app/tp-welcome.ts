import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { pathTo } from "../address.ts";
import { DeskElement } from "../share/base.ts";
import * as icons from "../ui/icons.ts";
import { base, controls, forms } from "../ui/styles.ts";

/** What somebody who is here for the first time is offered: the course, or a way around the playground. Sends `tp-tour` and `tp-dismiss`. */
@customElement("tp-welcome")
export class TpWelcome extends DeskElement {
  static override styles = [
    base,
    controls,
    forms,
    css`
      section {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 18px;
        align-items: center;
        padding: 10px 14px 10px 16px;
        border-bottom: 1px solid var(--line);
        background: var(--accent-ground);
        color: var(--ink);
      }
      .about {
        flex: 1 1 26em;
        font-size: 14px;
        line-height: 1.5;
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        align-items: center;
      }
      a {
        text-decoration: none;
      }
      @media print {
        section {
          display: none;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    return html`<section aria-label=${this.words.welcome}>
      <p class="about"><b>${this.words.welcome}</b> ${this.words.welcomeAbout}</p>
      <div class="acts">
        <a class="primary" href=${pathTo("learn") + location.search}>${this.words.welcomeCourse}</a>
        <button
          type="button"
          class="secondary"
          @click=${() => {
            this.emit("tp-tour");
          }}
        >
          ${this.words.welcomeTour}
        </button>
        <button
          type="button"
          class="tool"
          title=${this.t.dismiss}
          aria-label=${this.t.dismiss}
          @click=${() => {
            this.emit("tp-dismiss");
          }}
        >
          ${icons.close}
        </button>
      </div>
    </section>`;
  }
}
