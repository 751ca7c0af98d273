import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { addressOf } from "../address.ts";
import { locale } from "../i18n/index.ts";
import type { Stored } from "./events.ts";
import { encode } from "./fragment.ts";
import { sameCells } from "../run/notebook.ts";
import type { SharedState } from "./state.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { viewpointOf, START } from "../navigation/viewpoint.ts";
import { DeskElement } from "./base.ts";

import "./tp-copy.ts";
import "./tp-store.ts";

/** Links longer than this are cut short by some that pass them on. */
const LONG = 2000;

/** Links to the program: one that contains it, and on request a short one. */
@customElement("tp-share-link")
export class TpShareLink extends DeskElement {
  static override styles = [
    base,
    controls,
    forms,
    css`
      .options {
        display: grid;
        gap: 6px;
        margin: 12px 0 0;
      }
      .short {
        margin-top: 20px;
        padding-top: 18px;
        border-top: 1px solid var(--line);
      }
      .short tp-copy {
        margin-top: 10px;
      }
    `,
  ];

  @property({ attribute: false }) state: SharedState = { cells: [] };
  @property({ attribute: false }) stores: boolean | null = null;
  @property({ attribute: false }) stored: Stored | null = null;

  @state() private withViewpoint = true;
  @state() private withLang = false;
  @state() private link = "";

  protected override willUpdate(changed: PropertyValues): void {
    if (["state", "withViewpoint", "withLang"].some((name) => changed.has(name))) void this.#make();
  }

  async #make(): Promise<void> {
    const wanted = this.#wanted();
    const fragment = await encode(wanted);
    if (JSON.stringify(wanted) === JSON.stringify(this.#wanted())) this.link = addressOf(fragment);
  }

  /** The state for a link. */
  #wanted(): SharedState {
    const { cells, ...viewpoint } = this.state;
    return {
      cells,
      ...(this.withViewpoint ? viewpoint : {}),
      ...(this.withLang ? { lang: locale.lang } : {}),
    };
  }

  protected override render(): TemplateResult {
    return html`<h3 class="title">${this.words.link}</h3>
      <p class="hint">${this.words.linkAbout}</p>
      <tp-copy .label=${this.words.link} .text=${this.link}></tp-copy>
      ${this.link.length > LONG ? html`<p class="hint">${this.words.linkLong(this.link.length)}</p>` : nothing}
      <div class="options">${this.#viewpointOption()} ${this.#option(this.words.withLang, "", "withLang")}</div>
      <div class="short">${this.#short()}</div>`;
  }

  #viewpointOption(): TemplateResult | typeof nothing {
    const { view, step, graph } = viewpointOf(this.state);
    if (view === START.view && step === null && graph === null) return nothing;
    const about = this.words.withViewpointAbout(this.t.views[view], step !== null);
    return this.#option(this.words.withViewpoint, about, "withViewpoint");
  }

  #option(text: string, about: string, name: "withViewpoint" | "withLang"): TemplateResult {
    return html`<label class="option">
      <input
        type="checkbox"
        .checked=${this[name]}
        @change=${(event: Event) => {
          this[name] = event.target instanceof HTMLInputElement && event.target.checked;
        }}
      />
      <span>${text}${about === "" ? nothing : html` <span class="about">${about}</span>`}</span>
    </label>`;
  }

  #short(): TemplateResult {
    if (this.stores === false)
      return html`<h3 class="title">${this.words.shortLink}</h3>
        <p class="hint">${this.words.shortOff}</p>`;
    const { stored } = this;
    const fresh = stored !== null && sameState(stored.state, this.#wanted());
    return html`<h3 class="title">${this.words.shortLink}</h3>
      <p class="hint">${this.words.shortAbout}</p>
      ${
        fresh
          ? html`<tp-copy .label=${this.words.shortLink} .text=${addressOf(`s/${stored.id}`)}></tp-copy>`
          : html`<tp-store .text=${this.words.store} .state=${this.#wanted()}></tp-store>`
      }`;
  }
}

function sameState(one: SharedState, other: SharedState): boolean {
  return (
    sameCells(one.cells, other.cells) &&
    one.view === other.view &&
    one.step === other.step &&
    one.graph === other.graph &&
    one.lang === other.lang
  );
}
