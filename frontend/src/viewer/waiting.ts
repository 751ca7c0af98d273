/** Why there is nothing to see of a program yet. */

import { html, type TemplateResult } from "lit";

import type { Strings } from "../i18n/index.ts";
import type { Session } from "../run/session.ts";
import * as icons from "../ui/icons.ts";

/** What stands for it meanwhile, such as a picture, is slotted in. `run` runs the program. */
export function waiting(state: Session["kind"], words: Strings["viewer"], run: () => void): TemplateResult {
  if (state === "failed") return html``;
  if (state === "running") return html`<div class="waiting"><p>${words.loading}</p></div>`;
  return html`<div class="waiting">
    <slot></slot>
    <p>${words.runToSee}</p>
    <button type="button" class="run" @click=${run}>${icons.play} ${words.run}</button>
  </div>`;
}
