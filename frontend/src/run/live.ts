/** Runs the program while it is typed, `DEBOUNCE_MS` after the last key. */

export const DEBOUNCE_MS = 150;

export class Live {
  readonly #run: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(run: () => void) {
    this.#run = run;
  }

  /** The program has changed. */
  edited(): void {
    this.stop();
    this.#timer = setTimeout(this.#run, DEBOUNCE_MS);
  }

  /** Do not run for what was edited until now. */
  stop(): void {
    clearTimeout(this.#timer);
  }
}
