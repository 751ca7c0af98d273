import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import { base, controls } from "../ui/styles.ts";
import { type Holding, holdingsAt } from "../timeline/holdings.ts";
import type { Name } from "../timeline/frames.ts";
import { isOtherRun, type Timeline } from "../timeline/timeline.ts";
import { type Card, cardOf } from "./cards.ts";
import { since } from "./curves/reach.ts";
import { LensAsker } from "./lens-asker.ts";
import { NO_MARKS } from "./origins.ts";
import { TpElement } from "../ui/base.ts";
import { parts } from "../ui/parts.ts";
import type { Sent } from "../ui/events.ts";

import "./tp-tensor-card.ts";
import "../ui/tp-text.ts";

const NO_ELEMENT: readonly number[] = [];

/** What a program left behind: a card for each tensor that has a name, a row for each other value. */
@customElement("tp-variables")
export class TpVariables extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      h2 {
        margin-bottom: 8px;
      }
      .cards {
        display: grid;
        gap: 10px;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr));
        align-items: start;
      }
      .others {
        margin-top: 12px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font: 12.5px/1.5 var(--mono);
        table-layout: fixed;
      }
      td,
      th {
        padding: 3px 8px;
        border-bottom: 1px solid var(--line);
        font-weight: 400;
        text-align: left;
        overflow-wrap: anywhere;
        vertical-align: top;
      }
      th {
        width: 18%;
        font-weight: 650;
      }
      td.type {
        width: 22%;
        color: var(--muted);
      }
      td.text {
        white-space: pre-wrap;
      }
      details {
        margin-top: 12px;
      }
      tp-curves {
        display: block;
        margin-bottom: 10px;
      }
      details .cards {
        margin-top: 8px;
      }
      /* On paper a card is as wide as its values need: nothing scrolls there. */
      @media print {
        .cards {
          display: flex;
          flex-wrap: wrap;
        }
        tp-tensor-card {
          flex: 1 1 auto;
          min-width: 320px;
          max-width: 100%;
        }
      }
      .none,
      .cut {
        color: var(--muted);
      }
      .cut {
        margin-top: 10px;
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) timeline: Timeline | null = null;
  /** The cells of the program that the timeline is of. */
  @property({ attribute: false }) cells: readonly string[] = [];
  /** The cells before this one only lead up to the rest: what they alone name is folded. */
  @property({ type: Number }) from = 0;
  /** The step that is shown; null: the end. */
  @property({ attribute: false }) step: number | null = null;
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();
  @property({ attribute: false }) pinned: ReadonlySet<string> = new Set();
  @state() private unnamedShown = false;
  @state() private earlierShown = false;
  #holdings: readonly Holding[] = [];
  /** The cards of the present step, each made when it is first shown. */
  readonly #made = new Map<string, Card>();
  readonly #lens = new LensAsker(this);

  protected override willUpdate(changed: PropertyValues<this>): void {
    const { timeline, step } = this;
    if (changed.has("timeline") || changed.has("step") || changed.has("cells")) {
      // What was asked belongs to a run and to a step of it.
      const other = changed.has("timeline") && isOtherRun(changed.get("timeline"), timeline);
      if (other || changed.has("step") || changed.has("cells")) this.#lens.end();
      this.#holdings = timeline === null ? [] : holdingsAt(timeline, step);
      this.#made.clear();
    }
    // An element may come from one that has no name: then that is shown, too.
    this.unnamedShown ||= this.#holdings.some(({ id, names }) => names.length === 0 && this.#lens.marks.has(id));
  }

  protected override render(): TemplateResult {
    return html`<h2>${this.t.variables}</h2>
      ${this.timeline === null ? html`<p class="none">${this.t.noVariables}</p>` : this.#all(this.timeline)}`;
  }

  #all(timeline: Timeline): TemplateResult {
    const { response } = timeline;
    const named = this.#holdings.filter(({ names }) => names.length > 0);
    const unnamed = this.#holdings.filter(({ names }) => names.length === 0);
    const spoken = namesIn(this.cells.slice(this.from));
    const isOwn = ({ id, names }: Holding): boolean =>
      this.from === 0 || this.pinned.has(id) || this.#lens.marks.has(id) || names.some((name) => spoken.has(name));
    const earlier = named.filter((holding) => !isOwn(holding));
    const others = timeline
      .frames(this.step)
      .flatMap(({ frame, names }) => names.map((name) => ({ ...name, near: frame !== 0 || this.from === 0 })))
      .filter(({ value }) => value === null);
    // What a function that is being called names is near, wherever its source is.
    const isNear = ({ name, near }: (typeof others)[number]): boolean => near || spoken.has(name);
    const far = others.filter((other) => !isNear(other));
    return html`<div @tp-lens=${this.#ask} @tp-lens-end=${this.#end} @keydown=${this.#escape}>
        ${this.#curves(timeline, "own")} ${this.#cards(timeline, named.filter(isOwn))}
        ${this.#others(others.filter(isNear))}
        ${
          earlier.length + far.length === 0
            ? nothing
            : html`<details
                ?open=${this.earlierShown}
                @toggle=${(event: Event) => {
                  this.earlierShown = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
                }}
              >
                <summary>${this.t.earlierVariables(earlier.length + far.length)}</summary>
                ${
                  this.earlierShown
                    ? [this.#curves(timeline, "earlier"), this.#cards(timeline, earlier), this.#others(far)]
                    : nothing
                }
              </details>`
        }
        ${
          unnamed.length === 0
            ? nothing
            : html`<details
                ?open=${this.unnamedShown}
                @toggle=${(event: Event) => {
                  this.unnamedShown = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
                }}
              >
                <summary>${this.t.intermediates(unnamed.length)}</summary>
                ${this.unnamedShown ? this.#cards(timeline, unnamed) : nothing}
              </details>`
        }
      </div>
      <div class="unseen" aria-live="polite" aria-atomic="true">${this.#lens.news}</div>
      ${response.truncated.map(({ what, limit }) => html`<p class="cut">${this.t.truncated(what, limit)}</p>`)}`;
  }

  #card(timeline: Timeline, holding: Holding): Card {
    const known = this.#made.get(holding.id) ?? cardOf(timeline, this.step, holding, this.cells);
    this.#made.set(holding.id, known);
    return known;
  }

  #cards(timeline: Timeline, holdings: readonly Holding[]): TemplateResult {
    const { asked, finding, marks } = this.#lens;
    return html`<div class="cards">
      ${repeat(
        holdings,
        ({ id }) => id,
        (holding) => {
          const { id } = holding;
          return html`<tp-tensor-card
            .card=${this.#card(timeline, holding)}
            .lit=${this.lit.has(id)}
            .pinned=${this.pinned.has(id)}
            ?data-sought=${this.pinned.has(id)}
            .marks=${marks.get(id) ?? NO_MARKS}
            .finding=${asked?.subject === id ? finding : null}
            .asked=${asked?.subject === id ? asked.element : NO_ELEMENT}
          ></tp-tensor-card>`;
        },
      )}
    </div>`;
  }

  #ask(event: Sent<"tp-lens">): void {
    if (this.timeline !== null) void this.#lens.ask(this.timeline, this.step, this.cells, event.detail);
  }

  readonly #end = (): void => {
    this.#lens.end();
  };

  readonly #escape = (event: KeyboardEvent): void => {
    if (event.key !== "Escape" || this.#lens.asked === null) return;
    event.preventDefault();
    this.#lens.end();
  };

  /** Recordings are played without: their player has no room for it. */
  #curves({ response }: Timeline, which: "own" | "earlier"): TemplateResult | typeof nothing {
    if (import.meta.env.MODE === "player") return nothing;
    const series = since(this.from, response.series, response.steps)[which];
    if (series.length === 0) return nothing;
    parts.load(CURVES);
    return html`<tp-curves .series=${series} .step=${this.step}></tp-curves>`;
  }

  /** What is no tensor, in a table. */
  #others(others: readonly Name[]): TemplateResult | typeof nothing {
    if (others.length === 0) return nothing;
    return html`<table class="others">
      <caption class="unseen">
        ${this.t.otherVariables}
      </caption>
      <tbody>
        ${others.map(
          ({ name, type, text }) =>
            html`<tr>
              <th scope="row"><tp-text .text=${name}></tp-text></th>
              <td class="type"><tp-text .text=${type}></tp-text></td>
              <td class="text"><tp-text .text=${text ?? ""}></tp-text></td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

/** Curves of loops, which most programs have not got. */
const CURVES = (): Promise<unknown> => import("./curves/tp-curves.ts");

/** The names that stand in sources, apart from their comments. */
function namesIn(sources: readonly string[]): ReadonlySet<string> {
  const code = sources.join("\n").replace(/#.*/g, "");
  return new Set(code.match(/[\p{L}_][\p{L}\p{N}_]*/gu) ?? []);
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-variables": TpVariables;
  }
}
