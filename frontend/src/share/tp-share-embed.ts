import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import { addressOf } from "../address.ts";
import type { DrawnGraph } from "../api/schema.ts";
import { locale } from "../i18n/index.ts";
import { viewpointOf, written } from "../navigation/viewpoint.ts";
import { sameCells } from "../run/notebook.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import { DeskElement } from "./base.ts";
import {
  type EmbeddedProgram,
  type EmbedTheme,
  isLong,
  pictureAddress,
  viewAddress,
  type ViewParameters,
} from "./embed.ts";
import { encode } from "./fragment.ts";
import { frameHtml, padHtml, pictureHtml } from "./html.ts";
import type { Stored } from "./events.ts";
import type { SharedState } from "./state.ts";

import "./tp-copy.ts";
import "./tp-embed-preview.ts";
import "./tp-store.ts";

const THEMES: readonly EmbedTheme[] = ["auto", "light", "dark"];
/** A picture, the element with its script, or a frame for pages that take no script. */
const FORMS = ["picture", "pad", "frame"] as const;
type Form = (typeof FORMS)[number];
/** A frame by itself knows nothing of what is in it. */
const FRAME_HEIGHT = 480;

/** The program for another page: what readers will see, and the HTML for it. */
@customElement("tp-share-embed")
export class TpShareEmbed extends DeskElement {
  static override styles = [
    base,
    controls,
    forms,
    css`
      .choices {
        display: flex;
        flex-wrap: wrap;
        gap: 8px 16px;
        margin-bottom: 12px;
      }
      .choices label:not(.option) {
        display: flex;
        gap: 8px;
        align-items: center;
        color: var(--soft);
        font-size: 13px;
      }
      .choices .option {
        align-items: center;
      }
      .choices select {
        height: 32px;
        max-width: 200px;
        font-size: 13px;
      }
      .hint {
        margin-top: 8px;
      }
      .title {
        margin-bottom: 6px;
      }
    `,
  ];

  @property({ attribute: false }) state: SharedState = { cells: [] };
  @property({ attribute: false }) graphs: readonly DrawnGraph[] = [];
  @property() graph: string | null = null;
  /** Whether the service stores programs; null if it has not said. */
  @property({ attribute: false }) stores: boolean | null = null;
  @property({ attribute: false }) stored: Stored | null = null;

  @state() private form: Form = "picture";
  @state() private chosen: string | null = null;
  @state() private theme: EmbedTheme = "auto";
  @state() private withViewpoint = true;
  /** The addresses of the program on the page, and of its live view. */
  @state() private link = "";
  @state() private view = "";

  protected override willUpdate(changed: PropertyValues): void {
    this.chosen ??= this.graph;
    if (["state", "graphs", "stored", "form", "chosen", "theme", "withViewpoint"].some((name) => changed.has(name)))
      void this.#make();
  }

  /** Addresses with a program in them are made in a moment. */
  async #make(): Promise<void> {
    const program = this.#program;
    const parameters = this.#parameters;
    const [link, view] = await Promise.all([
      "snippet" in program ? `s/${program.snippet}` : encode({ cells: program.cells }),
      viewAddress(addressOf(""), program, parameters),
    ]);
    if (JSON.stringify([program, parameters]) !== JSON.stringify([this.#program, this.#parameters])) return;
    this.link = addressOf(link);
    this.view = view;
  }

  /** The program itself, or its name where it is stored. */
  get #program(): EmbeddedProgram {
    const { stored } = this;
    return stored !== null && sameCells(stored.state.cells, this.state.cells)
      ? { snippet: stored.id }
      : { cells: this.state.cells };
  }

  get #shown(): DrawnGraph | undefined {
    return this.graphs.find(({ id }) => id === this.chosen) ?? this.graphs.at(-1);
  }

  get #parameters(): ViewParameters {
    const { view, step } = this.withViewpoint ? written(viewpointOf(this.state)) : {};
    return {
      view: view ?? null,
      step: step === undefined ? null : `${step}`,
      of: this.#shown === undefined || this.#shown.root_name === "" ? null : this.#shown.root_name,
      theme: this.theme === "auto" ? null : this.theme,
      lang: locale.lang,
    };
  }

  protected override render(): TemplateResult {
    return html`<div class="choices">
        ${this.#choice(
          this.words.embedForm,
          FORMS.map((form) => this.words.embedForms[form]),
          FORMS.indexOf(this.form),
          (index) => {
            this.form = FORMS[index] ?? this.form;
          },
        )}
        ${this.#graphChoice()}
        ${this.#choice(
          this.words.pictureTheme,
          THEMES.map((theme) => this.words.pictureThemes[theme]),
          THEMES.indexOf(this.theme),
          (index) => {
            this.theme = THEMES[index] ?? this.theme;
          },
        )}
        ${this.#viewpointOption()}
      </div>
      ${this.form === "picture" ? this.#picture() : this.#live(this.form)}`;
  }

  #choice(name: string, texts: readonly string[], at: number, choose: (index: number) => void): TemplateResult {
    return html`<label
      >${name}
      <select
        @change=${(event: Event) => {
          if (event.target instanceof HTMLSelectElement) choose(event.target.selectedIndex);
        }}
      >
        ${texts.map((text, index) => html`<option ?selected=${index === at}>${text}</option>`)}
      </select>
    </label>`;
  }

  #graphChoice(): TemplateResult | typeof nothing {
    const { graphs } = this;
    if (graphs.length === 0) return nothing;
    const names = graphs.map((graph) => visible(graph.root_name || graph.root));
    return this.#choice(
      this.words.graphToShare,
      names,
      graphs.findIndex((graph) => graph === this.#shown),
      (index) => {
        this.chosen = graphs[index]?.id ?? null;
      },
    );
  }

  #viewpointOption(): TemplateResult | typeof nothing {
    const { view, step } = viewpointOf(this.state);
    if (this.form === "picture" || Object.keys(written({ view, step, graph: null })).length === 0) return nothing;
    return html`<label class="option">
      <input
        type="checkbox"
        .checked=${this.withViewpoint}
        @change=${(event: Event) => {
          this.withViewpoint = event.target instanceof HTMLInputElement && event.target.checked;
        }}
      />
      <span
        >${this.words.withViewpoint}
        <span class="about">${this.words.withViewpointAbout(this.t.views[view], step !== null)}</span></span
      >
    </label>`;
  }

  #picture(): TemplateResult {
    const graph = this.#shown;
    if (graph === undefined) return html`<p class="hint">${this.words.embedNone}</p>`;
    const address = pictureAddress(addressOf(""), {
      program: this.#program,
      // A graph whose root has no name can only be had as the last.
      of: graph.root_name === "" ? null : graph.root_name,
      // Rounds of a loop give their graphs the same name, which is that of the last.
      graph: this.graphs.findLast(({ root_name }) => root_name === graph.root_name) === graph ? null : graph.id,
      theme: this.theme,
      lang: locale.lang,
    });
    if (isLong(address)) return this.#tooLong();
    const alt = this.t.graphOf(visible(graph.root_name || graph.root));
    return this.#result(address, alt, pictureHtml(address, this.link, alt));
  }

  #live(form: "pad" | "frame"): TemplateResult {
    // The element holds the program itself, however long it is.
    if (form === "frame" && isLong(this.view)) return this.#tooLong();
    const title = this.words.liveTitle;
    const code =
      form === "frame"
        ? frameHtml(this.view, title, FRAME_HEIGHT)
        : padHtml(addressOf("embed.js"), this.#program, this.#parameters);
    return this.#result(this.view, title, code);
  }

  #result(address: string, name: string, code: string): TemplateResult {
    return html`<tp-embed-preview
        .address=${address}
        ?live=${this.form !== "picture"}
        .name=${name}
        .theme=${this.theme}
      ></tp-embed-preview>
      <h3 class="title">${this.words.pictureHtml}</h3>
      <tp-copy long .label=${this.words.pictureHtml} .text=${code}></tp-copy>
      <p class="hint">${this.words.embedAbout[this.form]}</p>`;
  }

  /** The service stores the program only if somebody presses the button. */
  #tooLong(): TemplateResult {
    if (this.stores === false) return html`<p class="hint">${this.words.embedLong} ${this.words.embedLongOff}</p>`;
    return html`<p class="hint">${this.words.embedLong} ${this.words.embedLongStore}</p>
      <tp-store .text=${this.words.storeForEmbed} .state=${{ cells: this.state.cells, lang: locale.lang }}></tp-store>`;
  }
}
