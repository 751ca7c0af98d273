import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { pathTo } from "../address.ts";
import * as icons from "../ui/icons.ts";
import { base } from "../ui/styles.ts";
import { LearnElement } from "./base.ts";
import { lessonPath } from "./route.ts";

import "../ui/tp-appearance.ts";

/** The top of the course's page. */
@customElement("tp-learn-header")
export class TpLearnHeader extends LearnElement {
  static override styles = [
    base,
    css`
      .bar {
        display: flex;
        gap: 8px 16px;
        align-items: center;
        min-height: 46px;
        padding: 0 clamp(12px, 3vw, 48px);
        border-bottom: 1px solid var(--line);
        background: var(--card);
      }
      .home {
        display: flex;
        gap: 8px;
        align-items: center;
        color: var(--ink);
        font-size: 16px;
        font-weight: 700;
        letter-spacing: -0.01em;
        text-decoration: none;
      }
      nav {
        display: flex;
        gap: 14px;
        margin-right: auto;
      }
      nav a {
        color: var(--soft);
        font-size: 13.5px;
        text-underline-offset: 4px;
      }
      tp-appearance {
        gap: 8px;
      }
      @media (max-width: 480px) {
        .home span {
          display: none;
        }
      }
      @media print {
        nav,
        tp-appearance {
          display: none;
        }
      }
    `,
  ];

  protected override render(): TemplateResult {
    const { words } = this;
    return html`<div class="bar">
      <a class="home" href=${pathTo("")} aria-label="Tensorpad">${icons.logo} <span>Tensorpad</span></a>
      <nav aria-label="Tensorpad">
        <a href=${lessonPath(null, location.search)}>${words.course}</a>
        <a href=${pathTo("") + location.search}>${words.playground}</a>
      </nav>
      <tp-appearance></tp-appearance>
    </div>`;
  }
}
