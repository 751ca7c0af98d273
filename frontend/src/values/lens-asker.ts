/** Asks where an element of a tensor came from, one at a time, and keeps the answer for its host. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

import { source } from "../api/source.ts";
import type { LensResult } from "./tp-lens.ts";
import { locale } from "../i18n/index.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { type ElementOf, type Marks, marksOf, originOf } from "./origins.ts";

const NOTHING: ReadonlyMap<string, Marks> = new Map();

export class LensAsker implements ReactiveController {
  asked: ElementOf | null = null;
  finding: LensResult | null = null;
  /** Marks on elements, by tensor. */
  marks: ReadonlyMap<string, Marks> = NOTHING;
  readonly #host: ReactiveControllerHost;
  #abort: AbortController | null = null;

  constructor(host: ReactiveControllerHost) {
    this.#host = host;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.end();
  }

  /** What a screen reader announces. */
  get news(): string {
    return this.finding?.kind === "found" ? this.finding.lens.text : "";
  }

  /** Ask about an element at a step. Asking about the same one again ends the question. */
  async ask(timeline: Timeline, step: number | null, cells: readonly string[], element: ElementOf): Promise<void> {
    const again = this.asked?.subject === element.subject && this.asked.element.join() === element.element.join();
    this.end();
    if (again) return;
    this.#know(element, { kind: "asking" });
    const origin = originOf(timeline.response, element.subject, step);
    if (origin === null) {
      const name = timeline.member(element.subject)?.names[0] ?? "";
      this.#know(element, { kind: "none", text: locale.strings.lensNone(named(name, element.element)) });
      return;
    }
    const abort = new AbortController();
    this.#abort = abort;
    const question = { cells: [...cells], lang: locale.lang, element: [...element.element], ...origin };
    const answer = await source()
      .lens(question, abort.signal)
      .catch(() => null);
    if (abort.signal.aborted) return;
    const found = answer?.lens ?? null;
    if (found !== null && found.reason === null) this.#know(element, { kind: "found", lens: found });
    else this.#know(element, { kind: "none", text: found?.text ?? answer?.message ?? locale.strings.lensFailed });
  }

  /** Forget the present question and its answer. */
  end(): void {
    this.#abort?.abort();
    this.#abort = null;
    if (this.asked === null) return;
    this.asked = null;
    this.finding = null;
    this.marks = NOTHING;
    this.#host.requestUpdate();
  }

  #know(element: ElementOf, finding: LensResult): void {
    this.asked = element;
    this.finding = finding;
    this.marks = marksOf(element, finding.kind === "found" ? finding.lens : null);
    this.#host.requestUpdate();
  }
}

function named(name: string, element: readonly number[]): string {
  return element.length === 0 ? name : `${name}[${element.join(", ")}]`;
}
