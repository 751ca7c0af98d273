/** What can be done with a program that is looked at. */

import { html, type TemplateResult } from "lit";

import type { Strings } from "../i18n/index.ts";
import * as icons from "../ui/icons.ts";

/** Runs the program, or ends its run. */
export function runButton(running: boolean, act: () => void, words: Strings["viewer"]): TemplateResult {
  return html`<button type="button" class=${running ? "run stop" : "run"} @click=${act}>
    ${running ? icons.stop : icons.play} ${running ? words.stop : words.run}
  </button>`;
}

/** Leads to the program on another page: in another window if `open` opens it, else in place of this one. */
export function openLink(address: string, text: string, open?: (event: MouseEvent) => void): TemplateResult {
  return open === undefined
    ? html`<a class="open" href=${address}>${text}</a>`
    : html`<a class="open" href=${address} target="_blank" rel="noopener" @click=${open}>${text}</a>`;
}
