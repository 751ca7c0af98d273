/** Keeps what a person works on, in this browser and in the address bar, a moment after each change. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

import { pathTo } from "../address.ts";
import { encode } from "./fragment.ts";
import { blank, sameCells } from "../run/notebook.ts";
import type { SharedState } from "./state.ts";
import { Drafts } from "./drafts.ts";

/** Browsers allow the address a change every 300 ms or so, and each keystroke would be one. */
const DELAY_MS = 400;
/** A longer fragment is not put into the address bar: the draft alone keeps the program then. */
const MAX_FRAGMENT = 30_000;

export class Keeper implements ReactiveController {
  readonly drafts: Drafts;
  readonly #present: () => SharedState;
  readonly #home: () => readonly string[];
  readonly #full: () => void;
  /** The program as it came from an example or a link; null if it is this browser's own. */
  came: readonly string[] | null = null;
  /** The last state; null if the next one is not a change. */
  #known: string | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `present` returns the state now, `home` the program that the bare address opens; `full` is called if nothing more can be kept. */
  constructor(
    host: ReactiveControllerHost,
    present: () => SharedState,
    home: () => readonly string[],
    full: () => void,
    drafts: Drafts = new Drafts(),
  ) {
    this.drafts = drafts;
    this.#present = present;
    this.#home = home;
    this.#full = full;
    host.addController(this);
  }

  hostConnected(): void {
    window.addEventListener("pagehide", this.#leave);
  }

  hostDisconnected(): void {
    window.removeEventListener("pagehide", this.#leave);
    this.#leave();
  }

  hostUpdated(): void {
    const present = JSON.stringify(this.#present());
    const settled = this.#known === null || this.#known === present;
    this.#known = present;
    if (settled) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#save();
      void this.#address();
    }, DELAY_MS);
  }

  /**
   * The page has another program: one from an example or a link (`came`), or (null) one that was worked on here. With `quiet`
   * the address bar has it already.
   */
  took(came: readonly string[] | null, quiet = false): void {
    this.came = came;
    if (quiet) this.#known = null;
  }

  /** Whether the program is somebody's work and not just what an example or a link brought. */
  get worked(): boolean {
    const { cells } = this.#present();
    return !blank(cells) && (this.came === null || !sameCells(cells, this.came));
  }

  /** Keep the present program so that it can be restored, if somebody has worked on it. */
  setAside(): void {
    if (this.worked) this.drafts.setAside(this.#present());
  }

  /** Save at once what the delay would save later. */
  readonly #leave = (): void => {
    if (this.#timer === undefined) return;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#save();
  };

  /** An example or a link that was not edited does not replace a person's own draft. */
  #save(): void {
    const { cells } = this.#present();
    const untouched = this.came !== null && sameCells(cells, this.came);
    if (!untouched && !this.drafts.save(this.#present())) this.#full();
  }

  async #address(): Promise<void> {
    const state = this.#present();
    const { cells, ...viewpoint } = state;
    const home = sameCells(cells, this.#home()) && Object.keys(viewpoint).length === 0;
    const fragment = home || blank(cells) ? "" : await encode(state);
    const address = new URL(location.href);
    address.pathname = pathTo("");
    address.hash = fragment.length > MAX_FRAGMENT ? "" : fragment;
    if (address.href !== location.href) history.replaceState({ worked: this.worked }, "", address);
  }
}
