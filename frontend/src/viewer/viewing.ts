/** A program that is being looked at: its run, what a person sees of the answer, and what they do to it. */

import type { ReactiveController } from "lit";

import type { RunResponse } from "../api/schema.ts";
import { isRight } from "../gates/answers.ts";
import {
  answered,
  askedAgain,
  type Asking,
  asksOn,
  begun,
  goneOn,
  NOTHING_ASKED,
  passedOver,
  veils,
} from "../gates/asking.ts";
import { asksSomething } from "../gates/comments.ts";
import type { GateAnswer } from "../gates/events.ts";
import { locale } from "../i18n/index.ts";
import { Navigation } from "../navigation/navigation.ts";
import type { Viewpoint } from "../navigation/viewpoint.ts";
import { announcement } from "../run/announcement.ts";
import { type Notebook, sources } from "../run/notebook.ts";
import { Chunks } from "../run/chunks.ts";
import { type Progress, Redrawing, type Refusal } from "../run/redrawing.ts";
import { Runner } from "../run/runner.ts";
import { type Answer, latest, type Session } from "../run/session.ts";
import { DARK, type Lights, tensorTarget } from "../timeline/lights.ts";
import { type Timeline, timelineOf } from "../timeline/timeline.ts";
import type { Sent } from "../ui/events.ts";
import { takeKeys } from "../ui/keys.ts";
import { type Handlers, type Host, Listener } from "./listener.ts";

/**
 * The controller of an element that shows the results of a program, whatever else is around them. It listens to what the views
 * within the element send, and has the element drawn anew after each change.
 */
export class Viewing implements ReactiveController {
  /** What is said to a person who cannot see what has changed. */
  news = "";
  /** The first cell whose gates are asked. */
  asksFrom = 0;
  /** How far the person is with the gates of the newest answer. */
  #asking = NOTHING_ASKED;
  /** Answers to gates, by their keys. */
  readonly #given = new Map<string, string>();
  /** Whether the person reads what became of an answer: the step that goes with it is shown, but not scrolled to. */
  #reads = false;
  /** Whether the newest run is of a program that is being typed. */
  #typed = false;
  readonly #host: Host;
  readonly #answered: (answer: GateAnswer) => void;
  /** An answer that was had before, as a session; null if the program is run here. */
  #recorded: Session | null = null;
  readonly #runner = new Runner(() => {
    this.#follow();
  });
  readonly #changed = (): void => {
    this.#host.requestUpdate();
  };
  readonly #redrawing = new Redrawing(this.#changed);
  /** The answer whose run the service no longer had. */
  #lost: Answer | null = null;
  /** A recording has all values that it has from the beginning. */
  readonly #chunks =
    import.meta.env.MODE === "player"
      ? null
      : new Chunks(() => {
          this.#arrive();
        });
  readonly #navigation = new Navigation(() => this.response, this.#changed);
  readonly #handlers: Handlers = {
    "tp-view": ({ detail }) => {
      this.#navigation.show(detail);
    },
    "tp-step": ({ detail }) => {
      this.#reads = false;
      this.#navigation.goTo(detail);
    },
    "tp-graph-chosen": ({ detail }) => {
      this.#navigation.choose(detail);
    },
    "tp-target": ({ detail }) => {
      this.#navigation.point(detail);
    },
    "tp-look": ({ detail }) => {
      const answer = latest(this.#session);
      if (answer !== null) this.#chunks?.look(answer.response, detail);
    },
    "tp-again": () => {
      if (this.#chunks?.gone === true) this.#runAgain();
      else this.#chunks?.retry();
    },
    "tp-draw": ({ detail: { graph, again } }) => {
      const answer = latest(this.#session);
      if (answer === null) return;
      if (again) this.#redrawing.retry(graph);
      this.#redrawing.look(answer, graph, locale.lang);
    },
    "tp-redraw": (event) => {
      void this.#redraw(event);
    },
    "tp-answer": ({ detail }) => {
      this.#answer(detail);
    },
    "tp-go-on": () => {
      this.#ask(goneOn(this.#asking));
    },
    "tp-ask-again": ({ detail }) => {
      this.#ask(askedAgain(this.#asking, detail));
    },
    "tp-pass-over": () => {
      this.#ask(passedOver(this.#asking));
    },
  };

  /** `answered` is called with each answer to a gate. */
  constructor(host: Host, answered: (answer: GateAnswer) => void = () => undefined) {
    this.#host = host;
    this.#answered = answered;
    host.addController(this);
    takeKeys(host);
    new Listener(host, this.#handlers);
  }

  hostDisconnected(): void {
    this.#runner.cancel();
    this.#chunks?.close();
  }

  /** The session, as far as it may be seen: whoever is asked to predict sees no results, nor what comes of them meanwhile. */
  get session(): Session {
    const session = this.#session;
    if (session.kind === "running" && asksSomething(sources(session.cells)) && !this.#typed)
      return { ...session, live: [], previous: null };
    return this.veiled && session.kind === "done" ? { kind: "idle" } : session;
  }

  get #session(): Session {
    return this.#recorded ?? this.#runner.session;
  }

  get asking(): Asking {
    return this.#asking;
  }

  /** Whether results are kept from the person until they have predicted them. */
  get veiled(): boolean {
    return veils(this.#asking);
  }

  /** Whether something is asked, or left to be asked: until then, nothing tells how the run ended. */
  get asks(): boolean {
    return this.veiled || asksOn(this.#asking);
  }

  /** The newest answer, with its graphs as the person folded them. */
  get response(): RunResponse | null {
    const answer = latest(this.#session);
    return answer === null ? null : this.#redrawing.shown(answer.response);
  }

  /** What the program had at each step; null where there is nothing to be seen. */
  get timeline(): Timeline | null {
    const answer = latest(this.session);
    if (answer === null) return null;
    return timelineOf(this.#redrawing.shown(answer.response), this.#chunks?.arrived(answer.response));
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
    return this.veiled ? DARK : this.#navigation.lit;
  }

  get pinned(): Lights {
    if (this.veiled) return DARK;
    return this.#reads ? this.#navigation.clicked : this.#navigation.pinned;
  }

  get clicked(): Lights {
    return this.veiled ? DARK : this.#navigation.clicked;
  }

  /** The state of the drawing of the graph that is shown; null if it is drawn. */
  get progress(): Progress | null {
    return this.#redrawing.progress(this.viewpoint.graph);
  }

  /** Why the graph that is shown was not folded as a person asked; null if it was. */
  get refusal(): Refusal | null {
    return this.#redrawing.refusal(this.viewpoint.graph);
  }

  /** Show an answer that was had before, from a viewpoint. */
  show(answer: Answer, viewpoint: Viewpoint | null = null): void {
    this.#runner.cancel();
    this.#navigation.leave(viewpoint);
    this.#typed = false;
    this.#recorded = { kind: "done", answer };
    this.#follow();
  }

  /** Run these cells, and show the answer from a viewpoint. */
  run(cells: Notebook, viewpoint: Viewpoint | null = null): void {
    this.#recorded = null;
    this.#typed = false;
    this.#asking = NOTHING_ASKED;
    this.#navigation.leave(viewpoint);
    void this.#runner.start(cells, locale.lang);
  }

  /** Run cells that a person is typing: what they look at stays until the answer is there. */
  runQuietly(cells: Notebook): void {
    this.#recorded = null;
    this.#typed = true;
    void this.#runner.start(cells, locale.lang, { quiet: true });
  }

  /** Answers that a page kept: what was answered is not asked again. */
  know(given: ReadonlyMap<string, string>): void {
    for (const [key, answer] of given) this.#given.set(key, answer);
  }

  cancel(): void {
    this.#runner.cancel();
  }

  /** Values have come, or will not: if the service no longer has the run, the page has it run again, but once. */
  #arrive(): void {
    const answer = latest(this.#session);
    if (this.#chunks?.gone === true && this.#session.kind === "done" && answer?.again !== true && answer !== this.#lost)
      this.#runAgain();
    this.#changed();
  }

  /** Run the cells of the answer again. The person stays where they are. */
  #runAgain(): void {
    const answer = latest(this.#session);
    if (answer === null || this.#session.kind === "running") return;
    this.#lost = answer;
    this.#recorded = null;
    void this.#runner.start(answer.cells, locale.lang, { quiet: true, again: true });
  }

  /** Show a step (null: the end). */
  goTo(step: number | null): void {
    this.#navigation.goTo(step);
  }

  /** Show a graph of the answer. */
  choose(graph: string): void {
    this.#navigation.choose(graph);
  }

  /** Light up a tensor as if it had been clicked. */
  point(tensor: string): void {
    this.#navigation.point({ target: tensorTarget(tensor), pin: true });
  }

  /** Tell somebody who cannot see it what has changed. */
  say(news: string): void {
    this.news = news;
    this.#changed();
  }

  /** After a change of the session: show it, and announce it to screen readers. */
  #follow(): void {
    const session = this.#session;
    if (session.kind === "done") {
      this.#navigation.arrive(session.answer.response, session.answer.again);
      if (session.answer.again !== true) this.#asking = this.#questions(session.answer);
    }
    this.news = this.veiled ? locale.strings.gates.veiled : (announcement(session, locale.strings) ?? this.news);
    this.#changed();
  }

  /** The gates of an answer. Whoever sees results while they type is not asked. */
  #questions({ cells, response }: Answer): Asking {
    if (this.#typed) return NOTHING_ASKED;
    return begun(response.gates, sources(cells), (key) => this.#given.get(key) ?? null, this.asksFrom);
  }

  #ask(asking: Asking): void {
    this.#asking = asking;
    this.#reads = asking.phase === "reveals";
    this.#changed();
  }

  #answer(given: string): void {
    const { at, gates } = this.#asking;
    const asked = at === null ? undefined : gates[at];
    if (asked === undefined) return;
    this.#given.set(asked.key, given);
    this.#ask(answered(this.#asking, given));
    const { gate, key } = asked;
    // The end would tell what is asked next.
    if (!asksOn(this.#asking)) this.goTo(null);
    else if (gate.step !== null) this.goTo(gate.step);
    this.#answered({ gate, code: this.cells[gate.cell] ?? "", key, given, right: isRight(gate, given) });
  }

  /** Have a graph drawn with a part of it opened or closed. */
  async #redraw({ detail: { graph, change } }: Sent<"tp-redraw">): Promise<void> {
    const answer = latest(this.#session);
    if (answer === null) return;
    try {
      await this.#redrawing.fold(answer, graph, change, locale.lang);
      this.#navigation.unpin();
    } catch {
      this.say(locale.strings[this.refusal ?? "notRedrawn"]);
    }
  }
}
