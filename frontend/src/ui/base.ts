import { LitElement } from "lit";

import { locale, type Strings } from "../i18n/index.ts";
import type { EventName, Sent } from "./events.ts";

/** The arguments that say what an event carries. */
type Carried<Detail> = [Detail] extends [null] ? [] : [Detail];

/** An element of the page: drawn anew when the language changes. */
export class TpElement extends LitElement {
  /** The page's texts in its language. */
  protected get t(): Strings {
    return locale.strings;
  }

  readonly #redraw = (): void => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    locale.addEventListener("change", this.#redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    locale.removeEventListener("change", this.#redraw);
  }

  /** Send an event that leaves every shadow root on its way up. */
  protected emit<Name extends EventName>(name: Name, ...[detail]: Carried<Sent<Name>["detail"]>): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }
}
