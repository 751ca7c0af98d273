/** A program that is being looked at: its run, what a person sees of the answer, and what they do to it. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

import type { RunResponse } from "../api/schema.ts";
import { locale } from "../i18n/index.ts";
import { Navigation } from "../navigation/navigation.ts";
import type { Viewpoint } from "../navigation/viewpoint.ts";
import { announcement } from "../run/announcement.ts";
import { type Notebook, sources } from "../run/notebook.ts";
import { Chunks } from "../run/chunks.ts";
import { type Progress, Redrawing } from "../run/redrawing.ts";
import { Runner } from "../run/runner.ts";
import { type Answer, latest, type Session } from "../run/session.ts";
import type { Lights } from "../timeline/lights.ts";
import { type Timeline, timelineOf } from "../timeline/timeline.ts";
import type { Sent } from "../ui/events.ts";

/** What the views of the results ask for, by the names of their events. */
type Handlers = {
  readonly [
    Name in "tp-view" | "tp-step" | "tp-graph-chosen" | "tp-target" | "tp-look" | "tp-again" | "tp-draw" | "tp-redraw"
  ]: (event: Sent<Name>) => void;
};

/**
 * The controller of an element that shows the results of a program, whatever else is around them. It listens to what the views
 * within the element send, and has the element drawn anew after each change.
 */
export class Viewing implements ReactiveController {
  /** What is said to a person who cannot see what has changed. */
  news = "";
  readonly #host: ReactiveControllerHost & HTMLElement;
  readonly #run: () => void;
  readonly #runner = new Runner(() => {
    this.#follow();
  });
  readonly #changed = (): void => {
    this.#host.requestUpdate();
  };
  readonly #redrawing = new Redrawing(this.#changed);
  /** The answer whose run the service no longer had. */
  #lost: Answer | null = null;
  readonly #chunks = new Chunks(() => {
    this.#arrive();
  });
  readonly #navigation = new Navigation(() => this.response, this.#changed);
  readonly #handlers: Handlers = {
    "tp-view": ({ detail }) => {
      this.#navigation.show(detail);
    },
    "tp-step": ({ detail }) => {
      this.#navigation.goTo(detail);
    },
    "tp-graph-chosen": ({ detail }) => {
      this.#navigation.choose(detail);
    },
    "tp-target": ({ detail }) => {
      this.#navigation.point(detail);
    },
    "tp-look": ({ detail }) => {
      const answer = latest(this.session);
      if (answer !== null) this.#chunks.look(answer.response, detail);
    },
    "tp-again": () => {
      if (this.#chunks.gone) this.#runAgain();
      else this.#chunks.retry();
    },
    "tp-draw": ({ detail: { graph, again } }) => {
      const answer = latest(this.session);
      if (answer === null) return;
      if (again) this.#redrawing.retry(graph);
      this.#redrawing.look(answer, graph, locale.lang);
    },
    "tp-redraw": (event) => {
      void this.#redraw(event);
    },
  };

  /** `run` is called when a person asks by the keyboard for the program to be run. */
  constructor(host: ReactiveControllerHost & HTMLElement, run: () => void) {
    this.#host = host;
    this.#run = run;
    host.addController(this);
  }

  hostConnected(): void {
    for (const [name, handler] of Object.entries(this.#handlers))
      this.#host.addEventListener(name, handler as EventListener);
    window.addEventListener("keydown", this.#shortcut);
  }

  hostDisconnected(): void {
    for (const [name, handler] of Object.entries(this.#handlers))
      this.#host.removeEventListener(name, handler as EventListener);
    window.removeEventListener("keydown", this.#shortcut);
    this.#runner.cancel();
    this.#chunks.close();
  }

  get session(): Session {
    return this.#runner.session;
  }

  /** The newest answer, with its graphs as the person folded them. */
  get response(): RunResponse | null {
    const answer = latest(this.session);
    return answer === null ? null : this.#redrawing.shown(answer.response);
  }

  get timeline(): Timeline | null {
    const answer = latest(this.session);
    if (answer === null) return null;
    return timelineOf(this.#redrawing.shown(answer.response), this.#chunks.arrived(answer.response));
  }

  /** The sources that the newest answer is of. */
  get cells(): readonly string[] {
    return sources(latest(this.session)?.cells ?? []);
  }

  get viewpoint(): Viewpoint {
    return this.#navigation.viewpoint;
  }

  /** The viewpoint for a link. */
  get linked(): Viewpoint {
    return this.#navigation.linked;
  }

  get lit(): Lights {
    return this.#navigation.lit;
  }

  get pinned(): Lights {
    return this.#navigation.pinned;
  }

  get clicked(): Lights {
    return this.#navigation.clicked;
  }

  /** The state of the drawing of the graph that is shown; null if it is drawn. */
  get progress(): Progress | null {
    return this.#redrawing.progress(this.viewpoint.graph);
  }

  /** Run these cells, and show the answer from a viewpoint. */
  run(cells: Notebook, viewpoint: Viewpoint | null = null): void {
    this.#navigation.leave(viewpoint);
    void this.#runner.start(cells, locale.lang);
  }

  /** Run cells that a person is typing: what they look at stays until the answer is there. */
  runQuietly(cells: Notebook): void {
    void this.#runner.start(cells, locale.lang, { quiet: true });
  }

  cancel(): void {
    this.#runner.cancel();
  }

  /** Values have come, or will not: if the service no longer has the run, the page has it run again, but once. */
  #arrive(): void {
    const answer = latest(this.session);
    if (this.#chunks.gone && this.session.kind === "done" && answer?.again !== true && answer !== this.#lost)
      this.#runAgain();
    this.#changed();
  }

  /** Run the cells of the answer again. The person stays where they are. */
  #runAgain(): void {
    const answer = latest(this.session);
    if (answer === null || this.session.kind === "running") return;
    this.#lost = answer;
    void this.#runner.start(answer.cells, locale.lang, { quiet: true, again: true });
  }

  /** After a change of the session: show it, and announce it to screen readers. */
  #follow(): void {
    const { session } = this;
    if (session.kind === "done") this.#navigation.arrive(session.answer.response, session.answer.again);
    this.news = announcement(session, locale.strings) ?? this.news;
    this.#changed();
  }

  /** Have a graph drawn with a part of it opened or closed. */
  async #redraw({ detail: { graph, change } }: Sent<"tp-redraw">): Promise<void> {
    const answer = latest(this.session);
    if (answer === null) return;
    try {
      await this.#redrawing.fold(answer, graph, change, locale.lang);
      this.#navigation.unpin();
    } catch {
      this.news = locale.strings.notRedrawn;
      this.#changed();
    }
  }

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    event.preventDefault();
    this.#run();
  };
}
