import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, state } from "lit/decorators.js";

import { FaultError, faultFrom } from "../api/faults.ts";
import type { LessonResponse, LessonSummary } from "../api/schema.ts";
import { lesson, lessons } from "../api/routes.ts";
import { LEARN } from "../i18n/learn.ts";
import { type Lang, locale } from "../i18n/index.ts";
import { withAnswer } from "../progress/progress.ts";
import { shelf } from "../progress/shelf.ts";
import type { Sent } from "../ui/events.ts";
import { base, controls } from "../ui/styles.ts";
import { faultText } from "../ui/text/fault.ts";
import { LearnElement } from "./base.ts";
import { partHash, routeOf } from "./route.ts";
import { sectionsOf } from "./spreads.ts";
import { count } from "./tally.ts";

import "../ui/tp-unloaded.ts";
import "./tp-course.ts";
import "./tp-learn-header.ts";
import "./tp-lesson.ts";

/** The page of the course: all lessons, or one of them. It keeps what a person has read, answered and written. */
@customElement("tp-learn")
export class TpLearn extends LearnElement {
  static override styles = [
    base,
    controls,
    css`
      :host {
        min-height: 100vh;
      }
      .trouble {
        display: grid;
        gap: 10px;
        justify-items: start;
        padding: 40px clamp(16px, 4vw, 48px);
        font-size: 15px;
      }
    `,
  ];

  readonly #route = routeOf(location);
  @state() private lessons: readonly LessonSummary[] | null = null;
  /** Whether the service counts first answers. */
  @state() private tallies = false;
  @state() private lesson: LessonResponse | null = null;
  /** Why there is nothing to read. */
  @state() private trouble: string | null = null;
  @state() private at = 0;
  /** The language of what was asked for last. */
  #lang: Lang | null = null;

  readonly #relang = (): void => {
    if (this.#lang !== locale.lang) void this.#load();
  };
  readonly #kept = (): void => {
    this.requestUpdate();
  };
  readonly #back = (): void => {
    const { section } = routeOf(location);
    if (section !== null) this.#go(section);
  };

  override connectedCallback(): void {
    super.connectedCallback();
    locale.addEventListener("change", this.#relang);
    shelf.addEventListener("change", this.#kept);
    window.addEventListener("popstate", this.#back);
    void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    locale.removeEventListener("change", this.#relang);
    shelf.removeEventListener("change", this.#kept);
    window.removeEventListener("popstate", this.#back);
  }

  protected override render(): TemplateResult {
    return html`<header><tp-learn-header></tp-learn-header><tp-unloaded></tp-unloaded></header>
      <main>${this.#content()}</main>`;
  }

  #content(): TemplateResult | typeof nothing {
    if (this.trouble !== null)
      return html`<div class="trouble" role="alert">
        <p>${this.trouble}</p>
        <button
          type="button"
          class="link"
          @click=${() => {
            void this.#load();
          }}
        >
          ${this.words.again}
        </button>
      </div>`;
    if (this.lesson !== null) return this.#reading(this.lesson);
    if (this.#route.slug === null && this.lessons !== null)
      return html`<tp-course .lessons=${this.lessons} .tallies=${this.tallies}></tp-course>`;
    return nothing;
  }

  #reading(read: LessonResponse): TemplateResult {
    const { slug } = read;
    const change = (how: (before: ReturnType<typeof shelf.lesson>) => Parameters<typeof shelf.change>[1]): void => {
      shelf.change(slug, how(shelf.lesson(slug)));
    };
    return html`<tp-lesson
      .lesson=${read}
      .needs=${read.needs.flatMap((need) => this.lessons?.find((one) => one.slug === need)?.title ?? [])}
      .at=${this.at}
      .progress=${shelf.lesson(slug)}
      @tp-section=${({ detail }: Sent<"tp-section">) => {
        history.pushState(history.state, "", partHash(detail));
        this.#go(detail);
      }}
      @tp-answered=${({ detail }: Sent<"tp-answered">) => {
        const { key, given, right } = detail;
        if (this.tallies && shelf.lesson(slug).answers[key] === undefined) count(read, detail);
        change((before) => withAnswer(before, key, given, right));
      }}
      @tp-passed=${({ detail }: Sent<"tp-passed">) => {
        change(({ passed }) => ({ passed: [...new Set([...passed, detail])] }));
      }}
      @tp-written=${({ detail: { name, code, original } }: Sent<"tp-written">) => {
        change(({ edits }) => {
          const others = Object.fromEntries(Object.entries(edits).filter(([other]) => other !== name));
          return { edits: original ? others : { ...others, [name]: code } };
        });
      }}
    ></tp-lesson>`;
  }

  #go(section: number): void {
    const { lesson: read } = this;
    if (read === null) return;
    const last = sectionsOf(read).length - 1;
    this.at = Math.min(Math.max(section, 0), last);
    const { done } = shelf.lesson(read.slug);
    shelf.change(read.slug, { at: this.at, done: done || this.at === last });
  }

  async #load(): Promise<void> {
    const { lang } = locale;
    const { slug } = this.#route;
    this.#lang = lang;
    this.trouble = null;
    try {
      const [all, one] = await Promise.all([lessons(lang), slug === null ? null : lesson(slug, lang)]);
      if (this.#lang !== lang) return;
      const first = this.lesson === null;
      this.lessons = all.lessons;
      this.tallies = all.tallies;
      this.lesson = one;
      if (one !== null && first) this.#go(this.#route.section ?? shelf.lesson(one.slug).at);
      document.title = `${one?.title ?? LEARN[lang].course} · Tensorpad`;
    } catch (error) {
      const missing = error instanceof FaultError && error.status === 404;
      this.trouble = missing ? this.words.none : faultText(faultFrom(error), this.t, navigator.onLine);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-learn": TpLearn;
  }
}
