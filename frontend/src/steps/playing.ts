/** Steps that are played one after another. */

import { html, type TemplateResult } from "lit";

import { paceTexts } from "../i18n/paces.ts";
import * as icons from "../ui/icons.ts";

/** How long a step stays when they are played at speed 1. */
const STEP_MS = 1200;
const SPEEDS = [0.5, 1, 2, 4, 8] as const;

export class Playing {
  on = false;
  #speed = 1;
  #timer: ReturnType<typeof setTimeout> | undefined;
  readonly #next: () => boolean;
  readonly #changed: () => void;

  /** `next` shows what comes next, and says whether anything is left then; `changed` is called when they begin or end to play. */
  constructor(next: () => boolean, changed: () => void) {
    this.#next = next;
    this.#changed = changed;
  }

  pause(): void {
    clearTimeout(this.#timer);
    this.on = false;
    this.#changed();
  }

  /** Begins and ends. */
  button(): TemplateResult {
    const label = this.on ? paceTexts().pause : paceTexts().play;
    return html`<button
      type="button"
      class="tool play"
      title=${label}
      aria-label=${label}
      @click=${() => {
        if (this.on) this.pause();
        else this.#play();
      }}
    >
      ${this.on ? icons.pause : icons.play}
    </button>`;
  }

  /** The choice of how fast. */
  speeds(): TemplateResult {
    const words = paceTexts();
    return html`<select
      aria-label=${words.speed}
      title=${words.speed}
      @change=${(event: Event) => {
        if (event.target instanceof HTMLSelectElement) this.#speed = SPEEDS[event.target.selectedIndex] ?? 1;
      }}
    >
      ${SPEEDS.map((speed) => html`<option ?selected=${speed === this.#speed}>${words.times(speed)}</option>`)}
    </select>`;
  }

  #play(): void {
    this.on = true;
    this.#changed();
    if (!this.#next()) {
      this.pause();
      return;
    }
    this.#timer = setTimeout(() => {
      this.#play();
    }, STEP_MS / this.#speed);
  }
}
