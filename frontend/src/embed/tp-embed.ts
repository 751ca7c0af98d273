import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { addressOf } from "../address.ts";
import { Reporter, type Wish } from "../framed/messages.ts";
import { listen, tell, tellHeight } from "../framed/parent.ts";
import { locale } from "../i18n/index.ts";
import { viewpointOf } from "../navigation/viewpoint.ts";
import { isLong, pictureAddress } from "../share/embed.ts";
import { encode } from "../share/fragment.ts";
import type { SharedState } from "../share/state.ts";
import { themes } from "../theme.ts";
import { TpElement } from "../ui/base.ts";
import type { Sent } from "../ui/events.ts";
import { base, controls } from "../ui/styles.ts";
import { isViewerView, type ViewerView } from "../viewer/views.ts";
import { programView } from "../viewer/program-view.ts";
import type { TpViewer } from "../viewer/tp-viewer.ts";
import type { Mistake, Parameters } from "./parameters.ts";
import { type Found, programAt } from "./program.ts";
import { mistakeText } from "./sayings.ts";

import "../ui/tp-prose.ts";
import "../viewer/tp-viewer.ts";

/** A view of a program within a page of somebody else, as the address of ours asks for it. */
@customElement("tp-embed")
export class TpEmbed extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        overflow: clip;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--ground);
      }
      .mistake {
        padding: 7px 12px;
        border-bottom: 1px solid var(--line);
        background: var(--gradient-ground);
        color: var(--ink);
        font-size: 13px;
        overflow-wrap: anywhere;
      }
      .trouble {
        display: grid;
        gap: 10px;
        justify-items: start;
        padding: 18px 16px;
        color: var(--ink);
        overflow-wrap: anywhere;
      }
      .poster {
        display: block;
        max-width: 100%;
        max-height: 360px;
      }
    `,
  ];

  @property({ attribute: false }) parameters!: Parameters;
  @property({ attribute: false }) mistakes: readonly Mistake[] = [];

  @state() private found: Found | null = null;
  @state() private link: string | null = null;
  /** Whether the picture that stands for the view cannot be had. */
  @state() private unpictured = false;
  @query("tp-viewer") private viewer!: TpViewer | null;

  readonly #reporter = new Reporter();
  #connected = new AbortController();
  #sayHeight = (): void => undefined;
  #ran = false;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    listen(this.#wish, signal);
    this.#sayHeight = tellHeight(this, signal);
    void this.#find();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected.abort();
  }

  protected override render(): TemplateResult {
    const { found } = this;
    return html`<main>
      <h1 class="unseen">Tensorpad: ${this.t.viewer.title}</h1>
      ${this.mistakes.map(
        (mistake) =>
          html`<p class="mistake" role="note"><tp-prose .text=${mistakeText(mistake, this.t)}></tp-prose></p>`,
      )}
      ${found === null ? nothing : found.kind === "found" ? this.#view(found.state) : this.#trouble(found)}
    </main>`;
  }

  #view(state: SharedState): TemplateResult {
    const { view, step, mode, controls: given } = this.parameters;
    return html`<tp-viewer
      .program=${state.cells}
      .view=${view ?? viewOf(state)}
      .start=${viewpointOf({ ...state, ...(step === null ? {} : { step }) })}
      .controls=${given}
      .editor=${mode === "edit" ? programView : null}
      .link=${this.link}
      @tp-viewed=${this.#viewed}
      >${this.#poster(state)}</tp-viewer
    >`;
  }

  /** The graph as a picture, until somebody asks for more. */
  #poster(state: SharedState): TemplateResult | typeof nothing {
    const { place, loading, of, theme, view } = this.parameters;
    if (loading !== "click" || this.unpictured || (view ?? viewOf(state)) !== "graph") return nothing;
    const address = pictureAddress(addressOf(""), {
      program: place.kind === "snippet" ? { snippet: place.id } : { cells: state.cells },
      of,
      graph: of === null ? (state.graph ?? null) : null,
      theme: theme === "system" ? "auto" : theme,
      lang: locale.lang,
    });
    if (isLong(address)) return nothing;
    return html`<img
      class="poster"
      src=${address}
      alt=${this.t.graphOf(of ?? this.t.graphs)}
      @error=${() => {
        this.unpictured = true;
      }}
    />`;
  }

  #trouble(found: Exclude<Found, { kind: "found" }>): TemplateResult {
    const texts = this.t.embed;
    const text = found.kind === "missing" ? texts.missing(found.id) : texts[found.kind];
    return html`<div class="trouble" role="alert">
      <p><tp-prose .text=${text}></tp-prose></p>
      ${
        found.kind === "unreachable"
          ? html`<button
              type="button"
              class="link"
              @click=${() => {
                void this.#find();
              }}
            >
              ${texts.again}
            </button>`
          : nothing
      }
    </div>`;
  }

  async #find(): Promise<void> {
    const found = await programAt(this.parameters.place);
    this.found = found;
    if (found.kind !== "found") {
      tell({ type: "error", detail: { type: found.kind, message: "" } });
      return;
    }
    const { place } = this.parameters;
    const address = place.kind === "snippet" ? `s/${encodeURIComponent(place.id)}` : await encode(found.state);
    this.link = addressOf(address);
    await this.updateComplete;
    const { loading, autoplay } = this.parameters;
    if (autoplay && loading === "eager") this.viewer?.run();
    else if (autoplay && loading === "lazy") this.#runWhenSeen();
  }

  /** Run the program once a person can see the view. */
  #runWhenSeen(): void {
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      this.viewer?.run();
    });
    observer.observe(this);
    this.#connected.signal.addEventListener("abort", () => {
      observer.disconnect();
    });
  }

  readonly #viewed = ({ detail }: Sent<"tp-viewed">): void => {
    const { step, of } = this.parameters;
    if (detail.kind === "ran") {
      const count = detail.response.steps.length;
      if (step !== null && step >= count) this.#mistaken({ kind: "beyond", given: step, count });
      const names = of === null ? null : (this.viewer?.lookFor(of) ?? null);
      if (of !== null && names !== null) this.#mistaken({ kind: "notThere", name: of, names });
      // Later runs leave a reader where they are.
      if (!this.#ran && detail.response.graphs.length === 0) this.#turnToValues();
      this.#ran = true;
    }
    const activity = { id: this.link ?? addressOf("embed"), name: this.t.viewer.title, lang: locale.lang };
    for (const message of this.#reporter.of(detail, activity)) tell(message);
  };

  /** Where nobody asked for the graph, and there is none, the values tell more. */
  #turnToValues(): void {
    const { found, viewer } = this;
    if (this.parameters.view !== null || found?.kind !== "found" || found.state.view !== undefined) return;
    if (viewer?.view === "graph") viewer.view = "values";
  }

  /** Say what could not be done, once. */
  #mistaken(mistake: Mistake): void {
    if (!this.mistakes.some(({ kind }) => kind === mistake.kind)) this.mistakes = [...this.mistakes, mistake];
  }

  readonly #wish = (wish: Wish): void => {
    switch (wish.kind) {
      case "goto":
        this.viewer?.goTo(wish.step);
        return;
      case "view":
        if (this.viewer !== null) this.viewer.view = wish.view;
        return;
      case "of":
        this.viewer?.lookFor(wish.of);
        return;
      case "theme":
        themes.use(wish.theme);
        return;
      case "lang":
        locale.set(wish.lang);
        return;
      case "height":
        this.#sayHeight();
        return;
      case "run":
        this.viewer?.run();
        return;
      case "stop":
        this.viewer?.stop();
        return;
    }
  };
}

/** The view that a program was shared with. */
function viewOf({ view }: SharedState): ViewerView {
  return view !== undefined && isViewerView(view) ? view : "graph";
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-embed": TpEmbed;
  }
}
