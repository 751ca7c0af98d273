import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import type { LessonSummary } from "../api/schema.ts";
import { shelf } from "../progress/shelf.ts";
import { download } from "../ui/download.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { LearnElement } from "./base.ts";
import { lessonPath } from "./route.ts";
import { courseLook } from "./tp-course.styles.ts";

/** The lessons in their order, how far a person is with each, and the file of their progress. */
@customElement("tp-course")
export class TpCourse extends LearnElement {
  static override styles = [base, controls, forms, courseLook];

  @property({ attribute: false }) lessons: readonly LessonSummary[] = [];
  /** Whether the service counts first answers. */
  @property({ type: Boolean }) tallies = false;
  @state() private news = "";
  @query("input[type=file]") private file!: HTMLInputElement;

  readonly #changed = (): void => {
    this.requestUpdate();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    shelf.addEventListener("change", this.#changed);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    shelf.removeEventListener("change", this.#changed);
  }

  protected override render(): TemplateResult {
    const { words, lessons } = this;
    return html`<article>
      <header>
        <h1>${words.title}</h1>
        <p class="lead">${words.lead}</p>
        ${this.#way()}
      </header>
      ${lessons.length === 0 ? html`<p>${words.noLessons}</p>` : nothing}
      <ol class="lessons">
        ${lessons.map((lesson) => this.#lesson(lesson))}
      </ol>
      ${this.#progress()}
    </article>`;
  }

  /** Where to go on. */
  #way(): TemplateResult | typeof nothing {
    const { words, lessons } = this;
    const done = lessons.filter(({ slug }) => shelf.lesson(slug).done).length;
    const last = lessons.findIndex(({ slug }) => slug === shelf.progress.last);
    // Whoever has read a lesson to its end goes on with the next.
    const finished = shelf.lesson(lessons[last]?.slug ?? "").done;
    const to = lessons[finished ? last + 1 : last] ?? lessons[Math.max(last, 0)];
    if (to === undefined) return nothing;
    return html`<p class="way">
      <a class="primary" href=${lessonPath(to.slug, location.search)}
        >${last < 0 ? words.start : words.resume(to.number, to.title)}</a
      >
      ${
        shelf.begun
          ? html`<span class="bar" aria-hidden="true"><i style="width: ${(100 * done) / lessons.length}%"></i></span>
              <span class="count">${words.begunOf(done, lessons.length)}</span>`
          : nothing
      }
    </p>`;
  }

  #lesson({ slug, number, title, question, goals, minutes }: LessonSummary): TemplateResult {
    const { words } = this;
    const begun = Object.hasOwn(shelf.progress.lessons, slug);
    const state = shelf.lesson(slug).done ? words.done : begun ? words.begun : null;
    return html`<li class=${state === words.done ? "done" : ""}>
      <span class="number" aria-hidden="true">${number}</span>
      <div>
        <h2><a href=${lessonPath(slug, location.search)}>${title}</a></h2>
        <p class="question">${question}</p>
        <ul>
          ${goals.map((goal) => html`<li>${goal}</li>`)}
        </ul>
        <p class="about">
          ${words.minutes(minutes)}${state === null ? nothing : html` · <span class="state">${state}</span>`}
        </p>
      </div>
    </li>`;
  }

  #progress(): TemplateResult {
    const { words } = this;
    return html`<section class="progress" aria-labelledby="progress">
      <h2 id="progress">${words.progress}</h2>
      <p>${words.progressAbout}</p>
      ${this.tallies ? html`<p class="counted">${words.counted}</p>` : nothing}
      <div class="acts">
        <button
          type="button"
          class="secondary"
          @click=${() => {
            download("tensorpad-progress.json", shelf.text, "application/json");
          }}
        >
          ${words.save}
        </button>
        <button
          type="button"
          class="secondary"
          @click=${() => {
            this.file.click();
          }}
        >
          ${words.load}
        </button>
        ${
          shelf.begun
            ? html`<button
                type="button"
                class="link"
                @click=${() => {
                  if (window.confirm(words.forgetSure)) shelf.forget();
                }}
              >
                ${words.forget}
              </button>`
            : nothing
        }
      </div>
      <input type="file" accept="application/json,.json" hidden aria-label=${words.load} @change=${this.#load} />
      <p role="status">${this.news}</p>
    </section>`;
  }

  readonly #load = async (): Promise<void> => {
    const file = this.file.files?.[0];
    if (file === undefined) return;
    const text = await file.text();
    this.file.value = "";
    this.news = shelf.take(text) ? this.words.loaded : this.words.notLoaded;
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-course": TpCourse;
  }
}
