/** The way to a program on a page of its own, for a person to take by themselves. */

import { html, type TemplateResult } from "lit";

import type { Strings } from "../i18n/index.ts";

/** Its address, to be copied. */
export function elsewhere(link: string, words: Strings["viewer"]): TemplateResult {
  return html`<div class="elsewhere" role="alert">
    ${words.openHere}
    <input
      readonly
      aria-label=${words.address}
      .value=${link}
      @focus=${(event: Event) => {
        if (event.target instanceof HTMLInputElement) event.target.select();
      }}
    />
  </div>`;
}
