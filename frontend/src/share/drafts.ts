/** Programs that this browser keeps: the one that is being worked on, and the one that had to make room for another. */

import { asState, type SharedState } from "./state.ts";

/** What is written says its version, so that a later page knows what it reads. */
const VERSION = 1;
const CURRENT = "tensorpad.draft";
const EARLIER = "tensorpad.earlier";

type DraftStorage = Pick<Storage, "getItem" | "setItem">;

export class Drafts {
  readonly #storage: () => DraftStorage;

  /** `storage` may throw: a browser can be set to keep nothing. */
  constructor(storage: () => DraftStorage = () => localStorage) {
    this.#storage = storage;
  }

  /** The program that was worked on last; null if there is none that can be read. */
  get current(): SharedState | null {
    return this.#read(CURRENT);
  }

  /** The program that was set aside last. */
  get earlier(): SharedState | null {
    return this.#read(EARLIER);
  }

  /** Keep the program that is being worked on; false if the browser keeps nothing more. */
  save(state: SharedState): boolean {
    return this.#write(CURRENT, state);
  }

  /** Keep a program that makes room for another. */
  setAside(state: SharedState): boolean {
    return this.#write(EARLIER, state);
  }

  #read(key: string): SharedState | null {
    try {
      const found = JSON.parse(this.#storage().getItem(key) ?? "null") as { version?: unknown } | null;
      return found?.version === VERSION ? asState(found) : null;
    } catch {
      return null;
    }
  }

  #write(key: string, state: SharedState): boolean {
    try {
      this.#storage().setItem(key, JSON.stringify({ version: VERSION, ...state }));
      return true;
    } catch {
      return false;
    }
  }
}
