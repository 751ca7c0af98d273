import { html, nothing, type TemplateResult } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { about } from "../api/client.ts";
import type { AboutBody, FixBody, RunResponse } from "../api/schema.ts";
import type { Program } from "../editor/page.ts";
import { locale, type Strings } from "../i18n/index.ts";
import {
  DARK,
  graphAt,
  graphFor,
  type Lights,
  lights,
  lightsAt,
  type Target,
  type TargetDetail,
} from "../link/lights.ts";
import { revealSource } from "../link/reveal.ts";
import { preferences } from "../preferences.ts";
import { Live } from "../run/live.ts";
import {
  added,
  type Cell,
  deletion,
  type Deletion,
  edited,
  moved,
  type Notebook,
  removed,
  replaced,
  restored,
  sources,
  upTo,
} from "../run/notebook.ts";
import { Redrawing } from "../run/redrawing.ts";
import { reportOf } from "../run/reports.ts";
import { Runner } from "../run/runner.ts";
import { latest } from "../run/session.ts";
import { viewOf } from "../run/views.ts";
import type { SharedState } from "../share/state.ts";
import { base } from "../styles/shared.ts";
import { type Timeline, timelineOf } from "../timeline/timeline.ts";
import { firstVisit, visited } from "../tour/visits.ts";
import { isView, type ViewName, VIEWS } from "../views/names.ts";
import type { Place } from "../views/place.ts";
import { TpElement } from "./base.ts";
import { layout } from "./tp-app.styles.ts";
import * as icons from "./icons.ts";
import type { CellAction, TpCell } from "./tp-cell.ts";
import type { TpDeleted } from "./tp-deleted.ts";
import type { TpDesk } from "./tp-desk.ts";
import type { RedrawDetail } from "./tp-graphs.ts";
import type { Stop } from "./tp-tour.ts";

import "./tp-cell.ts";
import "./tp-deleted.ts";
import "./tp-desk.ts";
import "./tp-graphs.ts";
import "./tp-header.ts";
import "./tp-notice.ts";
import "./tp-run-bar.ts";
import "./tp-tabs.ts";
import "./tp-timeline.ts";
import "./tp-tour.ts";
import "./tp-variables.ts";

/** Where the values stand beside the other views; the style (tp-app.styles.ts) changes at the same width. */
const WIDE = matchMedia("(min-width: 1280px)");

/**
 * The playground: cells to the left, what they did to the right. Holds all state; the rest only shows it. Sends `tp-place` with
 * a `Place` where the person goes to another view, step or graph.
 */
@customElement("tp-app")
export class TpApp extends TpElement {
  static override styles = [base, layout];

  @state() private cells: Notebook = [];
  @state() private about: Partial<AboutBody> | null = null;
  @state() private hovered: Target | null = null;
  @state() private pinned: Target | null = null;
  @state() private graph: string | null = null;
  /** The step that the page shows, by its place; null: the end. */
  @state() private step: number | null = null;
  @state() private view: ViewName = "graph";
  @state() private wide = WIDE.matches;
  @state() private touring = firstVisit();
  @state() private news = "";
  /** Whether the program runs as it is typed. */
  @state() private live = preferences.live;
  /** The cell that was deleted last, until it is brought back or another takes its place. */
  @state() private deleted: Deletion | null = null;
  @query("tp-desk") private desk!: TpDesk;

  /** Where to go when the answer is there. */
  #wanted: Place | null = null;

  readonly #live = new Live(() => {
    void this.#runner.start(this.cells, locale.lang, { quiet: true });
  });
  #program: Program = { sources: [], timeline: null };
  readonly #runner = new Runner(() => {
    this.#follow();
  });
  readonly #redrawing = new Redrawing(() => {
    this.requestUpdate();
  });

  /** The newest answer, with its graphs as the person folded them. */
  get #response(): RunResponse | null {
    const answer = latest(this.#runner.session);
    return answer === null ? null : this.#redrawing.shown(answer.response);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#shortcut);
    WIDE.addEventListener("change", this.#widened);
    void about().then((found) => {
      this.about = found;
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#shortcut);
    WIDE.removeEventListener("change", this.#widened);
    this.#live.stop();
    this.#runner.cancel();
  }

  /** Where the person is on the page. What is set while there is no answer yet is taken up when it comes. */
  get place(): Place {
    return { view: this.view, step: this.step, graph: this.graph };
  }

  set place(place: Place) {
    this.view = place.view;
    if (this.#runner.session.kind !== "done") {
      this.#wanted = place;
      return;
    }
    this.graph = place.graph ?? this.graph;
    this.#goTo(place.step);
  }

  protected override updated(changed: Map<PropertyKey, unknown>): void {
    if (["view", "step", "graph"].some((name) => changed.has(name))) this.emit("tp-place", this.place);
    if (changed.has("step") || changed.has("pinned")) revealSource(this.renderRoot.querySelectorAll("tp-cell"));
  }

  protected override render(): TemplateResult {
    const { session } = this.#runner;
    const response = this.#response;
    const timeline = response === null ? null : timelineOf(response);
    this.#program = { sources: this.cells.map(({ code }) => code), timeline };
    const pointed = this.hovered ?? this.pinned;
    const lit = pointed === null ? lightsAt(response, this.step) : lights(response, pointed);
    const pinned = this.pinned === null ? lightsAt(response, this.step) : lights(response, this.pinned);
    return html`<header>
        <a class="skip" href="#results" @click=${this.#skip}>${this.t.skip}</a
        ><tp-header
          .about=${this.about}
          @tp-tour=${() => {
            this.touring = true;
          }}
          @tp-examples=${() => {
            this.desk.examples();
          }}
          @tp-share=${() => {
            this.desk.share();
          }}
          @tp-clear=${() => {
            this.desk.clear();
          }}
        ></tp-header>
      </header>
      <main @tp-target=${this.#point}>
        <section
          class="program"
          aria-label=${this.t.program}
          @tp-run=${this.#run}
          @tp-cancel=${this.#cancel}
          @tp-live=${this.#switchLive}
          @tp-fix=${this.#fix}
        >
          <tp-run-bar .session=${session} .live=${this.live}></tp-run-bar>
          <tp-notice .session=${session}></tp-notice>
          <div class="cells">
            ${repeat(
              this.cells,
              (cell) => cell.key,
              (cell, index) => html`${this.#gap(index)}${this.#cell(cell, index, lit)}`,
            )}
            ${this.#gap(this.cells.length)}
            <button type="button" class="add" @click=${this.#addLast}>${icons.plus} ${this.t.addLastCell}</button>
          </div>
        </section>
        <section
          id="results"
          class="results"
          tabindex="-1"
          aria-label=${this.t.result}
          aria-busy=${session.kind === "running" ? "true" : "false"}
        >
          ${this.#results(timeline, lit, pinned)}
        </section>
      </main>
      <tp-desk
        .state=${this.#present()}
        .response=${response}
        .graph=${this.graph}
        .stores=${this.about?.snippets ?? null}
        @tp-offer-taken=${this.#focusFirst}
        @tp-offer-closed=${this.#focusFirst}
        @tp-program=${(event: CustomEvent<SharedState>) => {
          this.#show(event.detail);
        }}
      ></tp-desk>
      <div class="unseen" role="status">${this.news}</div>
      ${this.touring && timeline !== null ? this.#tour() : nothing}`;
  }

  /** The tour: not before there is something to show. */
  #tour(): TemplateResult {
    const stop = (name: keyof Strings["tourStops"], place: string): Stop => ({
      ...this.t.tourStops[name],
      anchor: () => this.renderRoot.querySelector(place),
    });
    return html`<tp-tour
      .stops=${[
        stop("program", ".cells"),
        stop("graph", ".views"),
        stop("timeline", "tp-timeline"),
        stop("values", this.wide ? ".beside" : ".views"),
      ]}
      @tp-tour-end=${() => {
        visited();
        this.touring = false;
      }}
    ></tp-tour>`;
  }

  #results(timeline: Timeline | null, lit: Lights, pinned: Lights): TemplateResult {
    const views = VIEWS.filter((name) => name !== "values" || !this.wide);
    const shown = views.includes(this.view) ? this.view : "graph";
    return html`<div class="views">
        <tp-tabs
          .tabs=${views.map((id) => ({ id, text: this.t.views[id] }))}
          .shown=${shown}
          .label=${this.t.viewsLabel}
          @tp-tab=${(event: CustomEvent<string>) => {
            if (isView(event.detail)) this.view = event.detail;
          }}
        ></tp-tabs>
        <div id="panel" class="panel" role="tabpanel" aria-label=${this.t.views[shown]}>
          ${this.#view(shown, timeline, lit, pinned)}
        </div>
      </div>
      ${this.wide ? html`<div class="beside">${this.#view("values", timeline, lit, pinned)}</div>` : nothing}
      <tp-timeline
        .timeline=${timeline}
        .cells=${this.#ran()}
        .step=${this.step}
        @tp-step=${(event: CustomEvent<number | null>) => {
          this.#goTo(event.detail);
        }}
      ></tp-timeline>`;
  }

  #view(name: ViewName, timeline: Timeline | null, lit: Lights, pinned: Lights): TemplateResult {
    switch (name) {
      case "graph":
        return html`<tp-graphs
          .timeline=${timeline}
          .step=${this.step}
          .shown=${this.graph}
          .lit=${lit.nodes}
          .pinned=${pinned.nodes}
          @tp-redraw=${(event: CustomEvent<RedrawDetail>) => {
            void this.#redraw(event.detail);
          }}
          @tp-graph-chosen=${(event: CustomEvent<string>) => {
            this.graph = event.detail;
          }}
        ></tp-graphs>`;
      case "memory":
        void import("./tp-memory.ts");
        return html`<tp-memory
          .timeline=${timeline}
          .step=${this.step}
          .lit=${lit.tensors}
          .pinned=${this.pinned === null ? DARK.tensors : pinned.tensors}
          @tp-step=${(event: CustomEvent<number | null>) => {
            this.#goTo(event.detail);
          }}
        ></tp-memory>`;
      case "derivation":
        void import("./tp-derivation.ts");
        return html`<tp-derivation
          .timeline=${timeline}
          .cells=${this.#ran()}
          .graph=${this.graph}
          .nodes=${lit.nodes}
          .tensors=${lit.tensors}
        ></tp-derivation>`;
      case "values":
        return html`<tp-variables
          .timeline=${timeline}
          .cells=${this.#ran()}
          .step=${this.step}
          .lit=${lit.tensors}
          .pinned=${this.pinned === null && this.step === null ? DARK.tensors : pinned.tensors}
        ></tp-variables>`;
    }
  }

  /** The sources of the cells that the answer is about. */
  #ran(): readonly string[] {
    const answer = latest(this.#runner.session);
    return answer === null ? [] : sources(answer.cells);
  }

  #cell(cell: Cell, index: number, lit: Lights): TemplateResult {
    const view = viewOf(this.#runner.session, cell);
    // A span belongs to the code that ran: where that has moved or changed, there is nothing to mark.
    const ran = latest(this.#runner.session)?.cells[lit.span?.cell ?? -1];
    const span = ran?.key === cell.key && ran.code === cell.code ? lit.span : null;
    return html`<tp-cell
      .cell=${cell}
      .view=${view}
      .number=${index + 1}
      .count=${this.cells.length}
      .span=${span}
      .report=${reportOf(latest(this.#runner.session), cell.key)}
      .step=${this.step}
      .program=${this.#program}
      .live=${this.live}
      @tp-edit=${(event: CustomEvent<string>) => {
        this.cells = edited(this.cells, cell.key, event.detail);
        this.#changed();
      }}
      @tp-run-on=${() => {
        this.#runOn(cell.key, index);
      }}
      @tp-cell-action=${(event: CustomEvent<CellAction>) => {
        this.#change(cell.key, index, event.detail);
      }}
    ></tp-cell>`;
  }

  /** What stands before the cell at `index`: where a cell was deleted, that it was. */
  #gap(index: number): TemplateResult | typeof nothing {
    if (this.deleted === null || Math.min(this.deleted.place, this.cells.length) !== index) return nothing;
    return html`<tp-deleted
      .number=${this.deleted.place + 1}
      @tp-restore=${this.#restore}
      @tp-dismiss=${() => {
        this.deleted = null;
      }}
    ></tp-deleted>`;
  }

  #change(key: number, index: number, action: CellAction): void {
    switch (action) {
      case "run":
        this.#start(upTo(this.cells, key));
        return;
      case "add":
        this.cells = added(this.cells, key);
        this.#focusCell(index + 1);
        break;
      case "delete":
        this.deleted = deletion(this.cells, key);
        this.cells = removed(this.cells, key);
        if (this.deleted === null) this.#focusCell(Math.max(0, index - 1));
        else this.#focusDeleted();
        break;
      case "up":
      case "down":
        this.cells = moved(this.cells, key, action === "up" ? -1 : 1);
        void this.updateComplete.then(() => {
          this.#cells()
            .find((cell) => cell.cell.key === key)
            ?.focusMove(action);
        });
        break;
    }
    this.#changed();
  }

  readonly #restore = (): void => {
    if (this.deleted === null) return;
    this.cells = restored(this.cells, this.deleted);
    this.#focusCell(this.deleted.place);
    this.deleted = null;
    this.#changed();
  };

  readonly #addLast = (): void => {
    this.cells = added(this.cells, this.cells.at(-1)?.key ?? 0);
    this.#focusCell(this.cells.length - 1);
  };

  /** Run up to a cell and go on to the next; after the last, to a new one. */
  #runOn(key: number, index: number): void {
    this.#start(upTo(this.cells, key));
    if (index === this.cells.length - 1) this.cells = added(this.cells, key);
    this.#focusCell(index + 1);
  }

  /** The program is another than before. */
  #changed(): void {
    if (this.live) this.#live.edited();
  }

  readonly #switchLive = (event: CustomEvent<boolean>): void => {
    this.live = event.detail;
    preferences.choose({ live: this.live });
    if (this.live) this.#live.edited();
    else this.#live.stop();
  };

  /** Make a change that an explanation offers, in the cell that it is about. */
  readonly #fix = (event: CustomEvent<FixBody>): void => {
    const ran = latest(this.#runner.session)?.cells[event.detail.span.cell];
    const cell = this.#cells().find((found) => found.cell.key === ran?.key);
    const applied = ran !== undefined && cell?.apply(event.detail, ran.code) === true;
    this.news = applied ? this.t.fixApplied : this.t.fixOutdated;
  };

  #cells(): TpCell[] {
    return [...this.renderRoot.querySelectorAll<TpCell>("tp-cell")];
  }

  #focusDeleted(): void {
    void this.updateComplete.then(() => {
      this.renderRoot.querySelector<TpDeleted>("tp-deleted")?.focus();
    });
  }

  #focusCell(index: number): void {
    void this.updateComplete.then(() => {
      this.#cells()[index]?.focus();
    });
  }

  /** Where the focus goes when what had it is no more. */
  readonly #focusFirst = (): void => {
    this.#focusCell(0);
  };

  /** Show a step; what was pointed at before no longer counts. */
  #goTo(step: number | null): void {
    const response = this.#response;
    this.step = response === null ? null : timelineOf(response).settled(step);
    this.graph = graphAt(response, this.step, this.graph);
    this.hovered = null;
    this.pinned = null;
  }

  /** Have a graph drawn with a part of it opened or closed. */
  async #redraw({ graph, wish }: RedrawDetail): Promise<void> {
    const answer = latest(this.#runner.session);
    if (answer === null) return;
    try {
      await this.#redrawing.fold(answer, graph, wish, locale.lang);
      this.pinned = null;
    } catch {
      this.news = this.t.notRedrawn;
    }
  }

  readonly #widened = (): void => {
    this.wide = WIDE.matches;
  };

  /** What a link to the page as it is now has to hold. */
  #present(): SharedState {
    const step = this.step ?? this.#wanted?.step ?? null;
    const last = latest(this.#runner.session)?.response.graphs.at(-1)?.id;
    const graph = this.#wanted?.graph ?? (this.graph === last ? null : this.graph);
    return {
      cells: this.cells.map(({ code }) => code),
      ...(this.view === VIEWS[0] ? {} : { view: this.view }),
      ...(step === null ? {} : { step }),
      ...(graph === null ? {} : { graph }),
    };
  }

  /** Take up another program, run it, and look at it where `state` says. */
  #show(state: SharedState): void {
    this.cells = replaced(this.cells, state.cells);
    this.deleted = null;
    this.#run();
    const view = state.view !== undefined && isView(state.view) ? state.view : VIEWS[0];
    this.place = { view, step: state.step ?? null, graph: state.graph ?? null };
  }

  readonly #run = (): void => {
    this.#start(this.cells);
  };

  #start(cells: readonly Cell[]): void {
    this.#live.stop();
    this.#goTo(null);
    this.#wanted = null;
    void this.#runner.start(cells, locale.lang);
  }

  readonly #cancel = (): void => {
    this.#runner.cancel();
  };

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    this.#run();
  };

  readonly #skip = (event: Event): void => {
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>("#results")?.focus();
  };

  #point(event: CustomEvent<TargetDetail>): void {
    const { target, pin } = event.detail;
    if (!pin) {
      this.hovered = target;
      return;
    }
    // What was clicked counts until the pointer comes over something else.
    this.hovered = null;
    this.pinned = target;
    const response = this.#response;
    if (response !== null && target?.kind === "tensor") this.graph = graphFor(response, target.tensor, this.graph);
  }

  /** After a change of the session: show it, and say it where a person cannot see it. */
  #follow(): void {
    const { session } = this.#runner;
    if (session.kind === "done") {
      const { response } = session.answer;
      const wanted = this.#wanted;
      this.#wanted = null;
      this.#goTo(wanted?.step ?? null);
      const graph = wanted?.graph ?? this.graph;
      if (response.graphs.some(({ id }) => id === graph)) this.graph = graph;
      else this.graph = response.graphs.at(-1)?.id ?? null;
      const failed = response.cells.findIndex((cell) => cell.error !== null);
      const error = response.cells[failed]?.error;
      this.news =
        error === null || error === undefined
          ? this.t.announceDone(response.cells.length, response.variables.length)
          : this.t.announceError(failed + 1, error.type);
    } else if (session.kind === "running" && session.phase.kind === "sent") {
      this.news = this.t.announceStarted;
    }
    this.requestUpdate();
  }
}
