import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import { about } from "../api/routes.ts";
import type { About } from "../api/schema.ts";
import type { DeskStrings } from "../i18n/desk.ts";
import { viewpointOf, written } from "../navigation/viewpoint.ts";
import { preferences } from "../preferences.ts";
import { shelf } from "../progress/shelf.ts";
import { sources } from "../run/notebook.ts";
import type { SharedState } from "../share/state.ts";
import { DeskElement } from "../share/base.ts";
import type { Sent } from "../ui/events.ts";
import { base } from "../ui/styles.ts";
import { Editing } from "../viewer/editing.ts";
import { programView } from "../viewer/program-view.ts";
import { Viewing } from "../viewer/viewing.ts";
import { firstVisit, isLinked, visited } from "./tour/visits.ts";
import { layout } from "./tp-app.styles.ts";
import type { TpLibrary } from "./tp-library.ts";
import type { TpProgram } from "../program/tp-program.ts";
import type { TpResults } from "../results/tp-results.ts";
import type { TourStop } from "./tp-tour.ts";

import "./tp-library.ts";
import "./tp-header.ts";
import "../program/tp-program.ts";
import "../results/tp-results.ts";
import "../ui/tp-unloaded.ts";
import "./tp-tour.ts";
import "./tp-welcome.ts";

/** The playground: the program to the left, what it did to the right. Two controllers hold the state that they share. */
@customElement("tp-app")
export class TpApp extends DeskElement {
  static override styles = [base, layout];

  @state() private about: Partial<About> | null = null;
  @state() private touring = false;
  /** Whether the person is new here and was led to no program: then the course comes first. */
  @state() private welcoming = firstVisit() && !shelf.begun && !isLinked(location);
  @query("tp-library") private library!: TpLibrary;
  @query("tp-program") private program!: TpProgram;
  @query("tp-results") private results!: TpResults;

  readonly #viewing = new Viewing(this);
  readonly #editing = new Editing(this, this.#viewing, {
    live: preferences.live,
    keep: (live) => {
      preferences.choose({ live });
    },
    apply: (fix) => this.program.apply(fix),
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void about().then((service) => {
      this.about = service;
    });
  }

  protected override render(): TemplateResult {
    const { news, timeline } = this.#viewing;
    return html`<header>
        <a class="skip" href="#results" @click=${this.#skip}>${this.t.skip}</a>${this.#header()}<tp-unloaded
        ></tp-unloaded>
        ${this.welcoming ? this.#welcome() : nothing}
      </header>
      <main>${programView(this.#viewing, this.#editing)} ${this.#results()}</main>
      ${this.#library()}
      <div class="unseen" role="status">${news}</div>
      ${this.touring && timeline !== null ? this.#tour() : nothing}`;
  }

  #welcome(): TemplateResult {
    const welcomed = (): void => {
      visited();
      this.welcoming = false;
    };
    return html`<tp-welcome
      @tp-dismiss=${welcomed}
      @tp-tour=${() => {
        welcomed();
        this.touring = true;
      }}
    ></tp-welcome>`;
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

  #results(): TemplateResult {
    const { session, timeline, cells, viewpoint, lit, pinned, clicked, progress, refusal } = this.#viewing;
    return html`<tp-results
      .timeline=${timeline}
      .cells=${cells}
      .viewpoint=${viewpoint}
      .lit=${lit}
      .pinned=${pinned}
      .clicked=${clicked}
      .progress=${progress}
      .refusal=${refusal}
      .asking=${this.#viewing.asking}
      .busy=${session.kind === "running"}
    ></tp-results>`;
  }

  #library(): TemplateResult {
    const { response, viewpoint, linked, progress } = this.#viewing;
    const state: SharedState = { cells: sources(this.#editing.cells), ...written(linked) };
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
    const stop = (name: keyof DeskStrings["tourStops"], anchor: TourStop["anchor"]): TourStop => ({
      ...this.words.tourStops[name],
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

  /** Open another program, run it, and show it from its viewpoint. */
  readonly #open = ({ detail }: Sent<"tp-program">): void => {
    this.#editing.replace(detail.cells);
    this.#editing.run(this.#editing.cells, viewpointOf(detail));
  };

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
