import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";

import { about } from "../api/routes.ts";
import type { About, RunResponse } from "../api/schema.ts";
import { locale, type Strings } from "../i18n/index.ts";
import { preferences } from "../preferences.ts";
import { announcement } from "../run/announcement.ts";
import { Live } from "../run/live.ts";
import { type Notebook, replaced, sameProgram, sources } from "../run/notebook.ts";
import { type Progress, Redrawing } from "../run/redrawing.ts";
import { Runner } from "../run/runner.ts";
import { latest } from "../run/session.ts";
import type { SharedState } from "../share/state.ts";
import { base } from "../ui/styles.ts";
import { type Timeline, timelineOf } from "../timeline/timeline.ts";
import { firstVisit, visited } from "./tour/visits.ts";
import { Navigation } from "../navigation/navigation.ts";
import { type Viewpoint, viewpointOf, written } from "../navigation/viewpoint.ts";
import { TpElement } from "../ui/base.ts";
import type { Sent } from "../ui/events.ts";
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
  /** What is said to a person who cannot see what has changed. */
  @state() private news = "";
  /** Whether the program runs as it is typed. */
  @state() private live = preferences.live;
  @query("tp-library") private library!: TpLibrary;
  @query("tp-program") private program!: TpProgram;
  @query("tp-results") private results!: TpResults;

  readonly #changed = (): void => {
    this.requestUpdate();
  };
  readonly #live = new Live(() => {
    void this.#runner.start(this.cells, locale.lang, { quiet: true });
  });
  readonly #runner = new Runner(() => {
    this.#follow();
  });
  readonly #redrawing = new Redrawing(this.#changed);
  readonly #navigation = new Navigation(() => this.#response, this.#changed);

  /** The newest answer, with its graphs as the person folded them. */
  get #response(): RunResponse | null {
    const answer = latest(this.#runner.session);
    return answer === null ? null : this.#redrawing.shown(answer.response);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#shortcut);
    void about().then((service) => {
      this.about = service;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#shortcut);
    this.#live.stop();
    this.#runner.cancel();
  }

  protected override render(): TemplateResult {
    const response = this.#response;
    const timeline = response === null ? null : timelineOf(response);
    const progress = this.#redrawing.progress(this.#navigation.viewpoint.graph);
    return html`<header>
        <a class="skip" href="#results" @click=${this.#skip}>${this.t.skip}</a>${this.#header()}
      </header>
      <main @tp-target=${this.#point}>${this.#program(timeline)} ${this.#results(timeline, progress)}</main>
      ${this.#library(response, progress)}
      <div class="unseen" role="status">${this.news}</div>
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

  #program(timeline: Timeline | null): TemplateResult {
    const { viewpoint, lit, pinned } = this.#navigation;
    return html`<tp-program
      .cells=${this.cells}
      .session=${this.#runner.session}
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
        this.#runner.cancel();
      }}
      @tp-live=${this.#switchLive}
      @tp-fix=${this.#fix}
    ></tp-program>`;
  }

  #results(timeline: Timeline | null, progress: Progress | null): TemplateResult {
    const { session } = this.#runner;
    const { viewpoint, lit, pinned, clicked } = this.#navigation;
    return html`<tp-results
      .timeline=${timeline}
      .cells=${sources(latest(session)?.cells ?? [])}
      .viewpoint=${viewpoint}
      .lit=${lit}
      .pinned=${pinned}
      .clicked=${clicked}
      .progress=${progress}
      .busy=${session.kind === "running"}
      @tp-view=${(event: Sent<"tp-view">) => {
        this.#navigation.show(event.detail);
      }}
      @tp-step=${(event: Sent<"tp-step">) => {
        this.#navigation.goTo(event.detail);
      }}
      @tp-graph-chosen=${(event: Sent<"tp-graph-chosen">) => {
        this.#navigation.choose(event.detail);
      }}
      @tp-draw=${this.#draw}
      @tp-redraw=${this.#redraw}
    ></tp-results>`;
  }

  #library(response: RunResponse | null, progress: Progress | null): TemplateResult {
    const { viewpoint, linked } = this.#navigation;
    const state: SharedState = { cells: sources(this.cells), ...written(linked) };
    return html`<tp-library
      .state=${state}
      .response=${response}
      .graph=${viewpoint.graph}
      .progress=${progress}
      .stores=${this.about?.snippets ?? null}
      @tp-toast-action=${this.#focusProgram}
      @tp-toast-closed=${this.#focusProgram}
      @tp-draw=${this.#draw}
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

  readonly #point = (event: Sent<"tp-target">): void => {
    this.#navigation.point(event.detail);
  };

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
    this.news = cells === null ? this.t.fixOutdated : this.t.fixApplied;
    if (cells !== null) this.#run(cells);
  };

  /** Run these cells, and show the answer from a viewpoint. */
  #run(cells: Notebook, viewpoint: Viewpoint | null = null): void {
    this.#live.stop();
    this.#navigation.leave(viewpoint);
    void this.#runner.start(cells, locale.lang);
  }

  /** After a change of the session: show it, and announce it to screen readers. */
  #follow(): void {
    const { session } = this.#runner;
    if (session.kind === "done") this.#navigation.arrive(session.answer.response);
    this.news = announcement(session, this.t) ?? this.news;
    this.requestUpdate();
  }

  /** Have the graph that is shown drawn, if the answer has only its outline. */
  readonly #draw = ({ detail: { graph, again } }: Sent<"tp-draw">): void => {
    const answer = latest(this.#runner.session);
    if (answer === null) return;
    if (again) this.#redrawing.retry(graph);
    this.#redrawing.look(answer, graph, locale.lang);
  };

  /** Have a graph drawn with a part of it opened or closed. */
  readonly #redraw = async ({ detail: { graph, change } }: Sent<"tp-redraw">): Promise<void> => {
    const answer = latest(this.#runner.session);
    if (answer === null) return;
    try {
      await this.#redrawing.fold(answer, graph, change, locale.lang);
      this.#navigation.unpin();
    } catch {
      this.news = this.t.notRedrawn;
    }
  };

  /** Give the focus to the program when the element that had it is gone. */
  readonly #focusProgram = (): void => {
    void this.updateComplete.then(() => {
      this.program.focus();
    });
  };

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    this.#runAll();
  };

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.results.focus();
  };
}
