import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { placed } from "./tour/placement.ts";
import { base, controls } from "../ui/styles.ts";
import { DeskElement } from "../share/base.ts";

/** A stop of the tour: what it is about, and what is said of it. */
export interface TourStop {
  readonly anchor: () => Element | null;
  readonly title: string;
  readonly text: string;
}

/** A tour of the page: a card beside each thing, one after another. It takes no focus. Sends `tp-tour-end`. */
@customElement("tp-tour")
export class TpTour extends DeskElement {
  static override styles = [
    base,
    controls,
    css`
      .ring {
        position: fixed;
        z-index: 4;
        border: 2px solid var(--accent);
        border-radius: 10px;
        box-shadow: 0 0 0 4px color-mix(in srgb, var(--accent) 22%, transparent);
        pointer-events: none;
      }
      .card {
        position: fixed;
        z-index: 5;
        width: min(310px, calc(100vw - 24px));
        padding: 14px 16px 12px;
        border: 1px solid var(--line-strong);
        border-radius: 12px;
        background: var(--card);
        box-shadow: 0 10px 34px rgb(0 0 0 / 24%);
      }
      h2 {
        color: var(--ink);
        font-size: 14px;
      }
      p {
        margin: 4px 0 12px;
        color: var(--soft);
        font-size: 13px;
      }
      footer {
        display: flex;
        gap: 8px;
        align-items: center;
      }
      .progress {
        flex: 1;
        color: var(--muted);
        font-size: 12px;
      }
      footer button {
        height: 30px;
        padding: 0 12px;
        border: 1px solid var(--line-strong);
        border-radius: 7px;
        background: var(--card);
        cursor: pointer;
      }
      footer button.next {
        border-color: transparent;
        background: var(--action);
        color: var(--action-ink);
        font-weight: 600;
      }
    `,
  ];

  @property({ attribute: false }) stops: readonly TourStop[] = [];
  @state() private at = 0;
  @query(".card") private card!: HTMLElement;
  @query(".ring") private ring!: HTMLElement;

  readonly #position = (): void => {
    const anchor = this.stops[this.at]?.anchor()?.getBoundingClientRect();
    if (anchor === undefined || this.renderRoot.querySelector(".card") === null) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const { left, top, ring } = placed(anchor, this.card.getBoundingClientRect(), {
      width: clientWidth,
      height: clientHeight,
    });
    Object.assign(this.card.style, { left: `${left}px`, top: `${top}px` });
    const sides = { left: ring.left, top: ring.top, width: ring.width, height: ring.height };
    for (const [name, size] of Object.entries(sides)) this.ring.style.setProperty(name, `${size}px`);
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.key === "Escape" && !event.defaultPrevented) this.#end();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("resize", this.#position);
    window.addEventListener("scroll", this.#position, { capture: true, passive: true });
    window.addEventListener("keydown", this.#key);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("resize", this.#position);
    window.removeEventListener("scroll", this.#position, { capture: true });
    window.removeEventListener("keydown", this.#key);
  }

  protected override render(): TemplateResult {
    const stop = this.stops[this.at];
    const last = this.at === this.stops.length - 1;
    return html`<div class="ring"></div>
      <section class="card" role="dialog" aria-labelledby="title" aria-describedby="text">
        <h2 id="title">${stop?.title}</h2>
        <p id="text">${stop?.text}</p>
        <footer>
          <span class="progress">${this.words.tourProgress(this.at + 1, this.stops.length)}</span>
          ${last ? "" : html`<button type="button" @click=${this.#end}>${this.words.tourSkip}</button>`}
          <button
            type="button"
            class="next"
            @click=${() => {
              if (last) this.#end();
              else this.at += 1;
            }}
          >
            ${last ? this.words.tourDone : this.words.tourNext}
          </button>
        </footer>
      </section>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    super.updated(changed);
    const anchor = this.stops[this.at]?.anchor();
    const box = anchor?.getBoundingClientRect();
    // What is larger than the window is looked at from its beginning, above the card.
    if (box !== undefined && (box.top < 0 || box.top > window.innerHeight - 80 - this.card.offsetHeight))
      anchor?.scrollIntoView({ block: box.height > window.innerHeight / 2 ? "start" : "center" });
    this.#position();
  }

  readonly #end = (): void => {
    this.emit("tp-tour-end");
  };
}
