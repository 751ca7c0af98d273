import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import { about } from "../api/routes.ts";
import type { About } from "../api/schema.ts";
import type { Strings } from "../i18n/index.ts";
import { viewpointOf, type Viewpoint, written } from "../navigation/viewpoint.ts";
import { preferences } from "../preferences.ts";
import { Live } from "../run/live.ts";
import { type Notebook, replaced, sameProgram, sources } from "../run/notebook.ts";
import type { SharedState } from "../share/state.ts";
import { TpElement } from "../ui/base.ts";
import type { Sent } from "../ui/events.ts";
import { base } from "../ui/styles.ts";
import { Viewing } from "../viewer/viewing.ts";
import { firstVisit, visited } from "./tour/visits.ts";
import { layout } from "./tp-app.styles.ts";
import type { TpLibrary } from "./tp-library.ts";
import type { TpProgram } from "../program/tp-program.ts";
import type { TpResults } from "../results/tp-results.ts";
import type { TourStop } from "./tp-tour.ts";

import "./tp-library.ts";
import "./tp-header.ts";
import "../program/tp-program.ts";
import "../results/tp-results.ts";
import "./tp-tour.ts";

/** The playground: the program to the left, what it did to the right. Holds the state that they share, and runs the program. */
@customElement("tp-app")
export class TpApp extends TpElement {
  static override styles = [base, layout];

  @state() private cells: Notebook = [];
  @state() private about: Partial<About> | null = null;
  @state() private touring = firstVisit();
  /** Whether the program runs as it is typed. */
  @state() private live = preferences.live;
  @query("tp-library") private library!: TpLibrary;
  @query("tp-program") private program!: TpProgram;
  @query("tp-results") private results!: TpResults;

  readonly #viewing: Viewing = new Viewing(this, () => {
    this.#runAll();
  });
  readonly #live = new Live(() => {
    this.#viewing.runQuietly(this.cells);
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void about().then((service) => {
      this.about = service;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#live.stop();
  }

  protected override render(): TemplateResult {
    const { news, timeline } = this.#viewing;
    return html`<header>
        <a class="skip" href="#results" @click=${this.#skip}>${this.t.skip}</a>${this.#header()}
      </header>
      <main>${this.#program()} ${this.#results()}</main>
      ${this.#library()}
      <div class="unseen" role="status">${news}</div>
      ${this.touring && timeline !== null ? this.#tour() : nothing}`;
  }

  #header(): TemplateResult {
    return html`<tp-header
      .about=${this.about}
      @tp-tour=${() => {
        this.touring = true;
      }}
      @tp-examples=${() => {
        this.library.examples();
      }}
      @tp-share=${() => {
        this.library.share();
      }}
      @tp-clear=${() => {
        this.library.clear();
      }}
    ></tp-header>`;
  }

  #program(): TemplateResult {
    const { session, timeline, viewpoint, lit, pinned } = this.#viewing;
    return html`<tp-program
      .cells=${this.cells}
      .session=${session}
      .timeline=${timeline}
      .step=${viewpoint.step}
      .lit=${lit}
      .pinned=${pinned}
      .live=${this.live}
      @tp-cells=${this.#edit}
      @tp-run=${this.#runAll}
      @tp-run-to=${(event: Sent<"tp-run-to">) => {
        this.#run(event.detail);
      }}
      @tp-cancel=${() => {
        this.#viewing.cancel();
      }}
      @tp-live=${this.#switchLive}
      @tp-fix=${this.#fix}
    ></tp-program>`;
  }

  #results(): TemplateResult {
    const { session, timeline, cells, viewpoint, lit, pinned, clicked, progress } = this.#viewing;
    return html`<tp-results
      .timeline=${timeline}
      .cells=${cells}
      .viewpoint=${viewpoint}
      .lit=${lit}
      .pinned=${pinned}
      .clicked=${clicked}
      .progress=${progress}
      .busy=${session.kind === "running"}
    ></tp-results>`;
  }

  #library(): TemplateResult {
    const { response, viewpoint, linked, progress } = this.#viewing;
    const state: SharedState = { cells: sources(this.cells), ...written(linked) };
    return html`<tp-library
      .state=${state}
      .response=${response}
      .graph=${viewpoint.graph}
      .progress=${progress}
      .stores=${this.about?.snippets ?? null}
      @tp-toast-action=${this.#focusProgram}
      @tp-toast-closed=${this.#focusProgram}
      @tp-program=${this.#open}
    ></tp-library>`;
  }

  /** The tour: not before there is something to show. */
  #tour(): TemplateResult {
    const stop = (name: keyof Strings["tourStops"], anchor: TourStop["anchor"]): TourStop => ({
      ...this.t.tourStops[name],
      anchor,
    });
    return html`<tp-tour
      .stops=${[
        stop("program", () => this.program.anchor),
        stop("graph", () => this.results.anchor("views")),
        stop("timeline", () => this.results.anchor("timeline")),
        stop("values", () => this.results.anchor("values")),
      ]}
      @tp-tour-end=${() => {
        visited();
        this.touring = false;
      }}
    ></tp-tour>`;
  }

  readonly #edit = (event: Sent<"tp-cells">): void => {
    const same = sameProgram(this.cells, event.detail);
    this.cells = event.detail;
    if (this.live && !same) this.#live.edited();
  };

  readonly #switchLive = (event: Sent<"tp-live">): void => {
    this.live = event.detail;
    preferences.choose({ live: this.live });
    if (this.live) this.#live.edited();
    else this.#live.stop();
  };

  /** Open another program, run it, and show it from its viewpoint. */
  readonly #open = (event: Sent<"tp-program">): void => {
    this.cells = replaced(this.cells, event.detail.cells);
    this.#run(this.cells, viewpointOf(event.detail));
  };

  readonly #runAll = (): void => {
    this.#run(this.cells);
  };

  /** Make a change that an explanation offers, and run the cells that were run: the result shows whether it helped. */
  readonly #fix = (event: Sent<"tp-fix">): void => {
    const cells = this.program.apply(event.detail);
    this.#viewing.news = cells === null ? this.t.fixOutdated : this.t.fixApplied;
    this.requestUpdate();
    if (cells !== null) this.#run(cells);
  };

  /** Run these cells, and show the answer from a viewpoint. */
  #run(cells: Notebook, viewpoint: Viewpoint | null = null): void {
    this.#live.stop();
    this.#viewing.run(cells, viewpoint);
  }

  /** Give the focus to the program when the element that had it is gone. */
  readonly #focusProgram = (): void => {
    void this.updateComplete.then(() => {
      this.program.focus();
    });
  };

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.results.focus();
  };
}
