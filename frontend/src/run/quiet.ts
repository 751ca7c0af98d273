/**
 * How an answer is taken in while a person types: without a flicker, and without rudeness.
 *
 * The events of a quiet run are kept back until it has ended, and then shown all at once. A run that takes long is shown as
 * any other from `SHOWN_AFTER_MS` on. One that ends in an error may be half a word: it waits until no key was pressed for
 * `PATIENCE_MS`, for the next key starts another run, which drops it.
 */

import type { RunEvent } from "../api/runs.ts";
import type { SessionEvent } from "./session.ts";

export const SHOWN_AFTER_MS = 400;
export const PATIENCE_MS = 1000;

/** Passes on the events of one run. */
export class Quiet {
  readonly #pass: (event: SessionEvent) => void;
  #held: SessionEvent[] | null = [];
  readonly #begun: number;
  #timer: ReturnType<typeof setTimeout>;

  constructor(pass: (event: SessionEvent) => void) {
    this.#pass = pass;
    this.#begun = performance.now();
    this.#timer = setTimeout(this.#release, SHOWN_AFTER_MS);
  }

  take(event: SessionEvent): void {
    if (this.#held === null) {
      this.#pass(event);
      return;
    }
    this.#held.push(event);
    if (event.kind === "heard" && event.event.kind !== "done") return;
    if (event.kind === "started") return;
    clearTimeout(this.#timer);
    if (event.kind === "heard" && failed(event.event)) {
      const left = PATIENCE_MS - (performance.now() - this.#begun);
      this.#timer = setTimeout(this.#release, Math.max(0, left));
    } else this.#release();
  }

  /** Drop what is kept back: another run has begun. */
  drop(): void {
    clearTimeout(this.#timer);
    this.#held = [];
  }

  readonly #release = (): void => {
    const held = this.#held ?? [];
    this.#held = null;
    for (const event of held) this.#pass(event);
  };
}

function failed(event: RunEvent): boolean {
  return event.kind === "done" && event.response.cells.some((cell) => cell.error !== null);
}
