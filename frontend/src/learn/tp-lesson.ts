import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";

import type { LessonResponse, Section } from "../api/schema.ts";
import { asksSomething } from "../gates/comments.ts";
import { locale } from "../i18n/index.ts";
import { type LessonProgress, NOT_BEGUN, score } from "../progress/progress.ts";
import type { Sent } from "../ui/events.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { LearnElement } from "./base.ts";
import { paperLines, paperQuestions } from "./paper.ts";
import { lessonPath } from "./route.ts";
import { cellsOf, introOf, type Part, partsOf, sectionsOf } from "./spreads.ts";
import { layout } from "./tp-lesson.styles.ts";
import type { TpWorkbench } from "./tp-workbench.ts";

import "../viewer/tp-listing.ts";
import "./tp-cards.ts";
import "./tp-exercise.ts";
import "./tp-parsons.ts";
import "./tp-passage.ts";
import "./tp-workbench.ts";

const PAPER = matchMedia("print");

/** A lesson, one section at a time. Sends `tp-section` with the section that a person turns to, and what is within it sends. */
@customElement("tp-lesson")
export class TpLesson extends LearnElement {
  static override styles = [base, controls, forms, layout];

  @property({ attribute: false }) lesson!: LessonResponse;
  /** The titles of the lessons that this one builds on. */
  @property({ attribute: false }) needs: readonly string[] = [];
  /** The section that is read, by its index. */
  @property({ type: Number }) at = 0;
  @property({ attribute: false }) progress: LessonProgress = NOT_BEGUN;
  /** Whether the lesson is printed: then all of it is there. */
  @state() private printed = PAPER.matches;
  @query(".section h2") private heading!: HTMLElement | null;
  #turned = false;

  readonly #paper = (): void => {
    this.printed = PAPER.matches;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    PAPER.addEventListener("change", this.#paper);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    PAPER.removeEventListener("change", this.#paper);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("at") || !this.#turned) return;
    this.#turned = false;
    this.heading?.focus({ preventScroll: true });
    window.scrollTo({ top: 0 });
  }

  protected override render(): TemplateResult {
    const { lesson, words } = this;
    const sections = sectionsOf(lesson);
    const section = sections[this.at];
    return html`<article>
      <header>
        <p class="over">
          <a href=${lessonPath(null, location.search)}>${words.toCourse}</a>
          <span>${words.lesson(lesson.number)} · ${words.minutes(lesson.minutes)}</span>
        </p>
        <h1>${lesson.title}</h1>
        ${this.at === 0 || this.printed ? this.#opening() : nothing} ${this.printed ? nothing : this.#contents()}
      </header>
      ${
        this.printed
          ? sections.map((each) => this.#paperSection(each))
          : section === undefined
            ? nothing
            : keyed(`${lesson.slug} ${this.at}`, this.#section(section))
      }
      ${this.printed ? nothing : this.#turns()}
    </article>`;
  }

  /** What the lesson is about, before its first section. */
  #opening(): TemplateResult {
    const { lesson, words } = this;
    return html`<div class="opening">
      <div>
        <p class="question">${lesson.question}</p>
        <div class="text intro">
          ${introOf(lesson).map((block) => (block.kind === "prose" ? passage(block) : nothing))}
        </div>
      </div>
      <div class="goals">
        <p>${words.goals}</p>
        <ul>
          ${lesson.goals.map((goal) => html`<li>${goal}</li>`)}
        </ul>
        ${this.needs.length === 0 ? nothing : html`<p class="needs">${words.needs(this.needs)}</p>`}
      </div>
    </div>`;
  }

  #contents(): TemplateResult {
    const sections = sectionsOf(this.lesson);
    return html`<nav class="contents" aria-label=${this.words.parts}>
      <ol>
        ${sections.map(
          ({ title, stage }, index) =>
            html`<li>
              <button
                type="button"
                class=${index <= this.progress.at || this.progress.done ? "read" : ""}
                aria-current=${index === this.at ? "step" : nothing}
                aria-label=${`${index + 1}. ${this.#titleOf({ title, stage })}`}
                title=${this.#titleOf({ title, stage })}
                @click=${() => {
                  this.#turn(index);
                }}
              ></button>
            </li>`,
        )}
      </ol>
      <span class="count">${this.words.section(this.at + 1, sections.length)}</span>
    </nav>`;
  }

  #titleOf({ title, stage }: Pick<Section, "title" | "stage">): string {
    if (stage === null) return title;
    const name = this.words.stages[stage];
    return title === "" || title === name ? name : `${name}${this.t.colon}${title}`;
  }

  #heading({ stage, title }: Section): TemplateResult {
    const name = stage === null ? null : this.words.stages[stage];
    const alone = name !== null && (title === "" || title === name);
    return html`<h2 tabindex="-1">
      ${name === null || alone ? nothing : html`<span class="stage ${stage ?? ""}">${name}</span>`}
      ${alone ? name : this.#headline(title)}
    </h2>`;
  }

  /** In English with a capital first, unless it begins with a name of code. In Chinese a word of Latin letters is such a name. */
  #headline(title: string): string {
    const [word = ""] = title.split(" ");
    const english = locale.lang === "en" && /^[a-z]+[,:]?$/.test(word);
    return english ? title.charAt(0).toUpperCase() + title.slice(1) : title;
  }

  #section(section: Section): TemplateResult {
    return html`<section class="section" aria-label=${this.#titleOf(section)} @tp-place=${this.#lead}>
      ${this.#heading(section)} ${partsOf(section.blocks).map((part) => this.#part(part))}
      ${section.stage === "summary" ? this.#end() : nothing}
    </section>`;
  }

  #part(part: Part): TemplateResult {
    const { lesson, progress } = this;
    switch (part.kind) {
      case "spread":
        return html`<div
          class=${part.cell === null ? "alone" : "spread"}
          ?data-covered=${this.#asks(part.cell)}
          @tp-veiled=${cover}
        >
          <div class="text">${part.before.map(passage)}</div>
          ${
            part.cell === null
              ? nothing
              : html`<tp-workbench .lesson=${lesson} .number=${part.cell} .progress=${progress}></tp-workbench>`
          }
          ${part.after.length === 0 ? nothing : html`<p class="text goes-on">${this.words.goesOn}</p>`}
          <div class="text rest">${part.after.map(passage)}</div>
        </div>`;
      case "exercise":
        return html`<tp-exercise .lesson=${lesson} .block=${part} .progress=${progress}></tp-exercise>`;
      case "parsons":
        return html`<tp-parsons .lesson=${lesson} .block=${part} .progress=${progress}></tp-parsons>`;
      case "cards":
        return html`<tp-cards .block=${part}></tp-cards>`;
    }
  }

  /** Whether a program asks something: until its run has said what, the text after it may give the answer away. */
  #asks(cell: number | null): boolean {
    const code = cellsOf(this.lesson).find(({ number }) => number === cell)?.code;
    return code !== undefined && asksSomething([code]);
  }

  /** A section on paper, where nothing runs. */
  #paperSection(section: Section): TemplateResult {
    return html`<section class="section">
      ${this.#heading(section)}
      ${section.blocks.map((block) => {
        switch (block.kind) {
          case "prose":
            return passage(block);
          case "cell":
            return html`<tp-listing .code=${block.code.trimEnd()} .label=${this.words.cell(block.number)}></tp-listing
              >${asksSomething([block.code]) ? paperQuestions(block.code, this.t) : nothing}`;
          case "exercise":
            return html`<tp-passage .html=${block.html}></tp-passage
              ><tp-listing .code=${block.start.trimEnd()} .label=${this.words.exercise}></tp-listing>`;
          case "parsons":
            return html`<tp-passage .html=${block.html}></tp-passage>${paperLines(block)}`;
          case "cards":
            return html`<tp-cards .block=${block}></tp-cards>`;
        }
      })}
    </section>`;
  }

  /** What comes after a lesson. */
  #end(): TemplateResult {
    const { lesson, words } = this;
    const { right, count } = score(this.progress);
    return html`<aside class="end">
      ${count === 0 ? nothing : html`<p>${words.predicted(right, count)}</p>`}
      ${
        lesson.next === null
          ? html`<p>${words.finished}</p>`
          : html`<a class="onward" href=${lessonPath(lesson.next.slug, location.search)}>
              <span>${words.nextLesson}</span>
              <b>${lesson.next.number}. ${lesson.next.title}</b>
              <i>${lesson.next.question}</i>
            </a>`
      }
    </aside>`;
  }

  #turns(): TemplateResult {
    const { words, at } = this;
    const sections = sectionsOf(this.lesson);
    const { next } = this.lesson;
    const last = at === sections.length - 1;
    const following = sections[at + 1];
    return html`<nav class="turns" aria-label=${words.turns}>
      <button
        type="button"
        class="secondary"
        ?disabled=${at === 0}
        @click=${() => {
          this.#turn(at - 1);
        }}
      >
        ← ${words.back}
      </button>
      ${
        last
          ? next === null
            ? nothing
            : html`<a class="primary" href=${lessonPath(next.slug, location.search)}>${words.nextLesson} →</a>`
          : html`<button
              type="button"
              class="primary"
              @click=${() => {
                this.#turn(at + 1);
              }}
            >
              ${following?.stage == null ? words.next : `${words.next}${this.t.colon}${words.stages[following.stage]}`}
              →
            </button>`
      }
    </nav>`;
  }

  #turn(section: number): void {
    this.#turned = true;
    this.emit("tp-section", section);
  }

  /** A text leads into the results of a program: those of the bench that has it, else of the nearest. */
  readonly #lead = (event: Sent<"tp-place">): void => {
    event.stopPropagation();
    const { detail } = event;
    if (!cellsOf(this.lesson).some(({ number }) => number === detail.cell)) return;
    const benches = [...this.renderRoot.querySelectorAll<TpWorkbench>("tp-workbench")];
    const near = event.composedPath().find((one) => one instanceof HTMLElement && one.matches(".spread"));
    const own = near instanceof HTMLElement ? near.querySelector<TpWorkbench>("tp-workbench") : null;
    const bench = benches.find(({ number }) => number === detail.cell) ?? own ?? benches[0];
    if (bench === undefined) return;
    // On a narrow page the program is not beside the text that leads there; and it grows with what it shows.
    const come = (): void => {
      bench.scrollIntoView({ block: "nearest" });
    };
    come();
    void bench.look(detail, come);
  };
}

/** Keep back the text after a program as long as its results are: it tells of them. */
function cover({ currentTarget, detail }: Sent<"tp-veiled">): void {
  if (currentTarget instanceof HTMLElement) currentTarget.toggleAttribute("data-covered", detail);
}

function passage({ html: text }: { readonly html: string }): TemplateResult {
  return html`<tp-passage .html=${text}></tp-passage>`;
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-lesson": TpLesson;
  }
}
