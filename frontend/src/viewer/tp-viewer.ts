import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { sources } from "../run/notebook.ts";
import { type Answer, latest } from "../run/session.ts";
import { load, resultView } from "../results/result-view.ts";
import { sentence } from "../steps/sentence.ts";
import type { TpTimeline } from "../steps/tp-timeline.ts";
import type { TpProgram } from "../program/tp-program.ts";
import { START, type Viewpoint } from "../navigation/viewpoint.ts";
import { TpElement } from "../ui/base.ts";
import { Paper } from "../ui/paper.ts";
import { parts } from "../ui/parts.ts";
import type { Sent } from "../ui/events.ts";
import { useKeys } from "../ui/keys.ts";
import { revealDrawn, sought } from "../ui/reveal.ts";
import { base, controls } from "../ui/styles.ts";
import { openLink, runButton } from "./acts.ts";
import { Editing } from "./editing.ts";
import { elsewhere } from "./elsewhere.ts";
import { graphHeight } from "./graph-height.ts";
import { type Look, stepOf } from "./look.ts";
import { stepShown } from "./step-shown.ts";
import type { programView } from "./program-view.ts";
import { type Control, CONTROLS, isViewerView, resultOf, VIEWER_VIEWS, type ViewerView } from "./views.ts";
import { Viewing } from "./viewing.ts";
import { waiting } from "./waiting.ts";
import { layout } from "./tp-viewer.styles.ts";

import "../program/tp-run-problem.ts";
import "../steps/tp-timeline.ts";
import "../ui/tp-prose.ts";
import "../ui/tp-tabs.ts";
import "../ui/tp-unloaded.ts";
import "./tp-reading.ts";

const GATES = (): Promise<unknown> => import("../gates/tp-gates.ts");
/** Whether there can be a page of its own for a program: a recording has none. */
const LINKED = import.meta.env.MODE !== "player";
/** A source of more lines folds where it is not what a person came for. */
const SHORT = 14;

/**
 * A program and what it does, by itself: it needs nothing around it. It shows a recorded answer, or runs the program when `run`
 * is called. Sends `tp-viewed` when a run has ended, and when another step, view or graph is shown, `tp-answered` and
 * `tp-veiled`.
 */
@customElement("tp-viewer")
export class TpViewer extends TpElement {
  static override styles = [base, controls, layout];

  /** The program, cell by cell. */
  @property({ attribute: false }) program: readonly string[] = [];
  /** What the page calls each cell; empty: by its number. */
  @property({ attribute: false }) titles: readonly string[] = [];
  /** An answer that was had before; null: the program is run here. */
  @property({ attribute: false }) answer: Answer | null = null;
  @property() view: ViewerView = "graph";
  /** Where to begin. */
  @property({ attribute: false }) start: Viewpoint = START;
  @property({ attribute: false }) controls: ReadonlySet<Control> = new Set(CONTROLS);
  /** Draws the program where a person can change it; null: it is only read. */
  @property({ attribute: false }) editor: typeof programView | null = null;
  /** The address of the program on a page of its own; null: it has none. */
  @property({ attribute: false }) link: string | null = null;
  /** The address where a recorded program can be changed and run, in place of this view; null: nowhere. */
  @property({ attribute: false }) live: string | null = null;
  /** So many cells come before the one that is looked at: they run with it, and fold. Null: the program is looked at as a whole. */
  @property({ attribute: false }) setup: number | null = null;
  /** Answers to gates that were given before, by their keys. */
  @property({ attribute: false }) given: ReadonlyMap<string, string> = new Map();
  /** Whether that page could not be opened from here. */
  @state() private shut = false;
  /** The step whose details a person was led to; null: none. */
  @state() private roomy: number | null = null;
  /** What is shown of the source where it folds; null: what fits its length. */
  @state() private unfolded: boolean | null = null;
  @query("tp-program") private written!: TpProgram | null;
  @query(".body") private body!: HTMLElement;
  @query(".panel") private panel!: HTMLElement;
  @query("tp-timeline") private steps!: TpTimeline | null;

  readonly #viewing = new Viewing(this, (answer) => {
    this.emit("tp-answered", answer);
  });
  readonly #editing = new Editing(this, this.#viewing, {
    live: false,
    apply: (fix) => this.written?.apply(fix) ?? null,
  });
  /** Paper has the program, folded or not. */
  @state() private printing = false;
  readonly #resized = new ResizeObserver(() => {
    this.#measure();
  });
  /** What is to be shown once the run has ended and nothing is asked any more. */
  #wanted: Look | null = null;
  #seen = (): void => undefined;
  /** The view and the graph that were told last. */
  #looked: { readonly view: ViewerView; readonly of: string | null } | null = null;
  /** Whether something was left to be asked when that was told last; null if it never was. */
  #asked: boolean | null = null;
  /** The answer and the step that were told last. */
  #told: { readonly session: unknown; readonly step: number | null } = { session: null, step: null };

  constructor() {
    super();
    this.addController(
      new Paper((printing) => {
        this.printing = printing;
      }),
    );
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  /** Run the program, from where it begins the first time. */
  run(): void {
    const first = latest(this.#viewing.session) === null;
    this.#editing.run(undefined, first ? this.start : null);
  }

  stop(): void {
    this.#viewing.cancel();
  }

  /** Show a step, by its index; those beyond the last are the end. */
  goTo(step: number | null): void {
    const end = this.#viewing.timeline?.length ?? 0;
    this.#viewing.goTo(step === null || step >= end ? null : step);
  }

  /** Show a place, now or once it can be seen; what has not run is run. `seen` is called when the place is in sight. */
  look(look: Look, seen: () => void): void {
    this.#wanted = look;
    this.#seen = seen;
    useKeys(this);
    if (this.#viewing.session.kind === "idle" && !this.#viewing.veiled) this.run();
    else this.#showWanted();
  }

  /** Show a graph, and a tensor, by its name. Returns the names that there are if there is none of this one; else null. */
  lookFor(name: string): readonly string[] | null {
    const { response } = this.#viewing;
    if (response === null) return null;
    const graph = response.graphs.findLast(({ root_name }) => root_name === name);
    const tensor = response.tensors.findLast(({ names }) => names.includes(name));
    // What is clicked brings a graph with it; the one whose result this is goes before.
    if (tensor !== undefined && this.view !== "graph") this.#viewing.point(tensor.id);
    if (graph !== undefined) this.#viewing.choose(graph.id);
    else if (tensor !== undefined) this.#viewing.point(tensor.id);
    else return [...new Set(response.tensors.flatMap(({ names }) => names))];
    return null;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#viewing.asksFrom = this.setup ?? 0;
    if (changed.has("given")) this.#viewing.know(this.given);
    if (changed.has("view")) load(resultOf(this.view));
    if (changed.has("program")) this.#editing.replace(this.program, this.titles);
    if (changed.has("answer") && this.answer !== null) {
      this.#editing.cells = this.answer.cells;
      this.#viewing.show(this.answer, this.start);
    }
  }

  protected override firstUpdated(): void {
    this.#resized.observe(this.panel);
    if (this.steps !== null) this.#resized.observe(this.steps);
  }

  protected override updated(): void {
    this.#measure();
    this.#tell();
    this.#showWanted();
  }

  protected override render(): TemplateResult {
    const { session, viewpoint, timeline, cells, clicked, news } = this.#viewing;
    return html`<section
      role=${this.setup === null ? nothing : "group"}
      aria-label=${this.t.viewer.title}
      @tp-view=${this.#turn}
    >
      ${this.#bar()}
      <tp-unloaded></tp-unloaded>
      ${LINKED && this.shut && this.link !== null ? elsewhere(this.link, this.t.viewer) : nothing}
      ${
        this.controls.has("steps")
          ? html`<tp-timeline
              .timeline=${timeline}
              .cells=${cells}
              .step=${viewpoint.step}
              .clicked=${clicked}
              .roomy=${this.roomy !== null && this.roomy === viewpoint.step}
            ></tp-timeline>`
          : this.#said()
      }
      <div class="body ${this.#editable ? "written" : this.#sourceShown ? "beside" : ""}">
        <div class="source">${this.editor?.(this.#viewing, this.#editing, this.setup) ?? this.#reading()}</div>
        <div
          id="panel"
          class="panel ${session.kind === "running" ? "busy" : ""}"
          role=${this.controls.has("views") ? "tabpanel" : "group"}
          aria-label=${this.#titleOf(this.view)}
          aria-busy=${session.kind === "running" ? "true" : "false"}
        >
          ${this.#editable ? nothing : html`<tp-run-problem .session=${session}></tp-run-problem>`} ${this.#gates()}
          ${
            this.#viewing.veiled
              ? nothing
              : timeline === null
                ? waiting(session.kind, this.t.viewer, () => {
                    this.run();
                  })
                : resultView(resultOf(this.view), this.#viewing, this.setup ?? 0)
          }
        </div>
      </div>
      <div class="unseen" role="status">${news}</div>
    </section>`;
  }

  /** The tabs of the views, and what can be done with the program. */
  #bar(): TemplateResult | typeof nothing {
    const acts = this.#acts();
    if (acts.length === 0 && !this.controls.has("views")) return nothing;
    return html`<div class="bar">
      ${
        this.controls.has("views")
          ? html`<tp-tabs
              .tabs=${VIEWER_VIEWS.map((id) => ({ id, text: this.#titleOf(id) }))}
              .shown=${this.view}
              .label=${this.t.viewsLabel}
              @tp-tab=${(event: Sent<"tp-tab">) => {
                event.stopPropagation();
                if (isViewerView(event.detail)) this.view = event.detail;
              }}
            ></tp-tabs>`
          : nothing
      }
      ${acts.length === 0 ? nothing : html`<div class="acts">${acts}</div>`}
    </div>`;
  }

  #acts(): TemplateResult[] {
    const running = this.#viewing.session.kind === "running";
    const run = (): void => {
      if (running) this.stop();
      else this.run();
    };
    return [
      ...(this.controls.has("run") && !this.#editable ? [runButton(running, run, this.t.viewer)] : []),
      ...(LINKED && this.controls.has("open") && this.link !== null
        ? [openLink(this.link, this.t.viewer.open, this.#open)]
        : []),
      ...(this.live === null ? [] : [openLink(this.live, this.t.player.edit)]),
    ];
  }

  #reading(): TemplateResult {
    const { session, viewpoint, lit } = this.#viewing;
    const cells = html`<tp-reading
      .cells=${this.#editing.cells}
      .setup=${this.setup ?? 0}
      .session=${session}
      .step=${viewpoint.step}
      .lit=${lit}
    ></tp-reading>`;
    if (this.view === "steps") return cells;
    return html`<details
      ?open=${this.#sourceShown}
      @toggle=${(event: Event) => {
        if (event.currentTarget instanceof HTMLDetailsElement && !this.printing)
          this.unfolded = event.currentTarget.open;
      }}
    >
      <summary>${this.t.viewer.code} · ${this.t.viewer.lines(this.#lines)}</summary>
      ${this.#sourceShown ? cells : nothing}
    </details>`;
  }

  /** What the program asks. Most ask nothing. */
  #gates(): TemplateResult | typeof nothing {
    const { asking } = this.#viewing;
    if (asking.gates.length === 0) return nothing;
    parts.load(GATES);
    return html`<tp-gates .asking=${asking}></tp-gates>`;
  }

  /** What the step did, where there is no timeline to say it. */
  #said(): TemplateResult | typeof nothing {
    const { timeline, viewpoint, cells } = this.#viewing;
    if (this.view !== "steps" || timeline === null || timeline.length === 0) return nothing;
    return html`<p class="alone" aria-live="polite" aria-atomic="true">
      <tp-prose .text=${sentence(timeline, viewpoint.step, this.t.said, cells)}></tp-prose>
    </p>`;
  }

  #titleOf(view: ViewerView): string {
    return view === "steps" ? this.t.viewer.steps : this.t.views[view];
  }

  get #editable(): boolean {
    return this.editor !== null;
  }

  get #lines(): number {
    return sources(this.#editing.cells)
      .slice(this.setup ?? 0)
      .reduce((sum, code) => sum + code.trimEnd().split("\n").length, 0);
  }

  get #sourceShown(): boolean {
    // Whoever is asked about a source has to see it.
    return (
      this.#editable ||
      this.printing ||
      this.view === "steps" ||
      (this.unfolded ?? (this.#lines <= SHORT || this.#asks))
    );
  }

  /** Go where a person was led, as soon as there is something to see. */
  #showWanted(): void {
    const { timeline, veiled, session } = this.#viewing;
    const look = this.#wanted;
    if (look === null || timeline === null || veiled || session.kind === "running") return;
    this.#wanted = null;
    const step = stepOf(look, timeline);
    if (isViewerView(look.view)) this.view = look.view;
    else this.view = "steps";
    this.goTo(step);
    // A step lights up what it is about; only without one, or for its graph, is the tensor looked for.
    if (look.of !== null && (step === null || this.view === "graph")) this.lookFor(look.of);
    this.roomy = look.view === "broadcast" ? this.#viewing.viewpoint.step : null;
    load(resultOf(this.view), () => {
      revealDrawn(() => (this.roomy === null ? sought(this.panel) : this.steps) ?? this.panel, this.#seen);
    });
  }

  get #asks(): boolean {
    return this.#viewing.asking.gates.length > 0;
  }

  /** A view leads to another. */
  readonly #turn = (event: Sent<"tp-view">): void => {
    this.view = event.detail;
  };

  /** A page in a sandbox may open no window: then it says so, where a link would do nothing at all. */
  readonly #open = (event: MouseEvent): void => {
    if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || this.link === null) return;
    event.preventDefault();
    const opened = window.open(this.link, "_blank");
    if (opened !== null) opened.opener = null;
    this.shut = opened === null;
  };

  #measure(): void {
    const { steps } = this;
    const sticks = steps !== null && getComputedStyle(steps).position === "sticky";
    this.body.style.setProperty("--covered", sticks ? `${steps.offsetHeight}px` : "0");
    const width = this.panel.clientWidth;
    if (width === 0) return;
    const height = graphHeight(this.#viewing.response?.graphs ?? [], width);
    this.panel.style.setProperty("--graph-height", `${height}px`);
  }

  /** Tell what is around the view of a run that has ended, and of another step that is shown. */
  #tell(): void {
    const { session, viewpoint } = this.#viewing;
    const { step } = viewpoint;
    const { asks, response } = this.#viewing;
    if (response !== null && asks !== this.#asked) {
      this.#asked = asks;
      this.emit("tp-veiled", asks);
    }
    const before = this.#told;
    this.#told = { session: session.kind === "running" ? before.session : session, step };
    if (session !== before.session && session.kind === "done") {
      this.emit("tp-viewed", { kind: "ran", response: session.answer.response });
    } else if (session !== before.session && session.kind === "failed")
      this.emit("tp-viewed", { kind: "failed", fault: session.fault });
    if (session.kind === "done" && (step !== before.step || (session !== before.session && step !== null)))
      this.emit("tp-viewed", stepShown(this.#viewing.timeline, step, this.t.said, this.#viewing.cells));
    if (session.kind !== "done") return;
    const { graphs } = session.answer.response;
    const look = { view: this.view, of: graphs.find(({ id }) => id === viewpoint.graph)?.root_name ?? null };
    if (look.view === this.#looked?.view && look.of === this.#looked.of) return;
    this.#looked = look;
    this.emit("tp-viewed", { kind: "look", ...look });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-viewer": TpViewer;
  }
}
