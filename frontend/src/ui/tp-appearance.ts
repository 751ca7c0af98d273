import { css, html, type TemplateResult } from "lit";
import { customElement } from "lit/decorators.js";

import { LANGS, locale } from "../i18n/index.ts";
import { THEME_CHOICES, type ThemeChoice, themes } from "../theme.ts";
import { TpElement } from "./base.ts";
import * as icons from "./icons.ts";
import { base, controls } from "./styles.ts";

/** How the page is to look: its theme, and its language. */
@customElement("tp-appearance")
export class TpAppearance extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        display: flex;
        gap: inherit;
        align-items: center;
      }
      select {
        height: 28px;
        max-width: 110px;
        border-radius: 999px;
      }
      .round {
        width: 28px;
        height: 28px;
        border-color: var(--line);
        border-radius: 999px;
      }
    `,
  ];

  protected override render(): TemplateResult {
    const names: Record<ThemeChoice, string> = {
      system: this.t.themeSystem,
      light: this.t.themeLight,
      dark: this.t.themeDark,
    };
    const theme = `${this.t.theme}: ${names[themes.choice]}`;
    return html`<button
        type="button"
        class="tool round"
        title=${theme}
        aria-label=${theme}
        @click=${() => {
          themes.choose(following(themes.choice));
          this.requestUpdate();
        }}
      >
        ${{ system: icons.half, light: icons.sun, dark: icons.moon }[themes.choice]}
      </button>
      <select
        aria-label=${this.t.changeLanguage}
        title=${this.t.changeLanguage}
        @change=${(event: Event) => {
          const lang = LANGS[chosen(event)];
          if (lang !== undefined) locale.choose(lang);
        }}
      >
        ${LANGS.map(
          (lang) => html`<option lang=${lang} ?selected=${lang === locale.lang}>${locale.of(lang).language}</option>`,
        )}
      </select>`;
  }
}

/** The next choice in turn. */
function following(choice: ThemeChoice): ThemeChoice {
  return THEME_CHOICES[(THEME_CHOICES.indexOf(choice) + 1) % THEME_CHOICES.length] ?? "system";
}

function chosen(event: Event): number {
  return event.target instanceof HTMLSelectElement ? event.target.selectedIndex : -1;
}
