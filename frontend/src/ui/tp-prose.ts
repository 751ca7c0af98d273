import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { TpElement } from "./base.ts";
import { inlines } from "./text/prose.ts";

import "./tp-text.ts";

/** A sentence, with code between backticks. */
@customElement("tp-prose")
export class TpProse extends TpElement {
  static override styles = css`
    :host {
      display: inline;
    }
    code {
      padding: 0 3px;
      border-radius: 4px;
      background: var(--operation-ground);
      color: var(--ink);
      font: 0.93em/1.3 var(--mono);
      overflow-wrap: anywhere;
    }
  `;

  @property() text = "";

  protected override render(): TemplateResult[] {
    return proseIn(this.text);
  }
}

/** A sentence with code between backticks, for an element that gives code a look of its own. */
export function proseIn(sentence: string): TemplateResult[] {
  return inlines(sentence).map(({ kind, text }) =>
    kind === "code" ? html`<code><tp-text .text=${text}></tp-text></code>` : html`<tp-text .text=${text}></tp-text>`,
  );
}
