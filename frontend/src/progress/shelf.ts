/** Where progress is kept: in this browser alone. Where that keeps nothing, for as long as the page is open. */

import {
  advanced,
  type LessonProgress,
  merged,
  NO_PROGRESS,
  NOT_BEGUN,
  type Progress,
  read,
  written,
} from "./progress.ts";

const KEY = "tensorpad.progress";

type ShelfStorage = Pick<Storage, "getItem" | "setItem">;

/** The progress now, and news of its changes. */
export class Shelf extends EventTarget {
  readonly #storage: () => ShelfStorage;
  #progress: Progress;

  /** `storage` may throw: a browser can be set to keep nothing, and a frame in a sandbox has none. */
  constructor(storage: () => ShelfStorage = () => localStorage) {
    super();
    this.#storage = storage;
    this.#progress = this.#kept() ?? NO_PROGRESS;
  }

  get progress(): Progress {
    return this.#progress;
  }

  lesson(slug: string): LessonProgress {
    return this.#progress.lessons[slug] ?? NOT_BEGUN;
  }

  /** Whether anything was begun. */
  get begun(): boolean {
    return Object.keys(this.#progress.lessons).length > 0;
  }

  change(slug: string, change: Partial<LessonProgress>): void {
    this.#keep(advanced(this.#fresh(), slug, change));
  }

  /** Add what a file has; false if it is none of ours. */
  take(text: string): boolean {
    const found = read(text);
    if (found === null) return false;
    this.#keep(merged(this.#fresh(), found));
    return true;
  }

  /** As a file has it. */
  get text(): string {
    return written(this.#progress);
  }

  forget(): void {
    this.#keep(NO_PROGRESS);
  }

  /** With what another tab has kept meanwhile. */
  #fresh(): Progress {
    return this.#kept() ?? this.#progress;
  }

  #kept(): Progress | null {
    try {
      return read(this.#storage().getItem(KEY) ?? "");
    } catch {
      return null;
    }
  }

  #keep(progress: Progress): void {
    this.#progress = progress;
    try {
      this.#storage().setItem(KEY, written(progress));
    } catch {
      // Then it lasts as long as the page.
    }
    this.dispatchEvent(new Event("change"));
  }
}

export const shelf = new Shelf();
