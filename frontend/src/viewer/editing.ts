/** A program that a person writes and runs: what its elements send, done. */

import type { ReactiveController } from "lit";

import type { Fix } from "../api/schema.ts";
import { locale } from "../i18n/index.ts";
import type { Viewpoint } from "../navigation/viewpoint.ts";
import { Live } from "../run/live.ts";
import { isForKeys } from "../ui/keys.ts";
import { type Notebook, replaced, sameProgram } from "../run/notebook.ts";
import { type Handlers, type Host, Listener } from "./listener.ts";
import type { Viewing } from "./viewing.ts";

interface Options {
  /** Whether the program runs as it is typed, at first. */
  readonly live: boolean;
  /** Make a change that an explanation offers. Returns the cells to run then; null if it does not fit any more. */
  readonly apply: (fix: Fix) => Notebook | null;
  /** Keep for later visits whether programs run as they are typed. */
  readonly keep?: (live: boolean) => void;
}

/** The controller of an element in which a program can be written; what the program did is its `Viewing`'s. */
export class Editing implements ReactiveController {
  /** The cells as they are typed. */
  cells: Notebook = [];
  /** Whether the program runs as it is typed. */
  live: boolean;
  readonly #host: Host;
  readonly #viewing: Viewing;
  readonly #options: Options;
  readonly #live = new Live(() => {
    this.#viewing.runQuietly(this.cells);
  });
  readonly #handlers: Handlers = {
    "tp-cells": ({ detail }) => {
      const same = sameProgram(this.cells, detail);
      this.cells = detail;
      if (this.live && !same) this.#live.edited();
      this.#host.requestUpdate();
    },
    "tp-run": () => {
      this.run();
    },
    "tp-run-to": ({ detail }) => {
      this.run(detail);
    },
    "tp-cancel": () => {
      this.#viewing.cancel();
    },
    "tp-live": ({ detail }) => {
      this.live = detail;
      this.#options.keep?.(detail);
      if (detail) this.#live.edited();
      else this.#live.stop();
      this.#host.requestUpdate();
    },
    // The cells that were run are run again: the result shows whether the change helped.
    "tp-fix": ({ detail }) => {
      const cells = this.#options.apply(detail);
      this.#viewing.say(cells === null ? locale.strings.fixOutdated : locale.strings.fixApplied);
      if (cells !== null) this.run(cells);
    },
  };

  constructor(host: Host, viewing: Viewing, options: Options) {
    this.#host = host;
    this.#viewing = viewing;
    this.#options = options;
    this.live = options.live;
    host.addController(this);
    new Listener(host, this.#handlers);
  }

  hostConnected(): void {
    window.addEventListener("keydown", this.#shortcut);
  }

  hostDisconnected(): void {
    window.removeEventListener("keydown", this.#shortcut);
    this.#live.stop();
  }

  /** Put another program in place of this one. */
  replace(sources: readonly string[], titles: readonly string[] = []): void {
    this.cells = replaced(this.cells, sources, titles);
    this.#host.requestUpdate();
  }

  /** Run these cells, and show the answer from a viewpoint. */
  run(cells: Notebook = this.cells, viewpoint: Viewpoint | null = null): void {
    this.#live.stop();
    this.#viewing.run(cells, viewpoint);
  }

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.defaultPrevented) return;
    if (!isForKeys(this.#host, event)) return;
    event.preventDefault();
    this.run();
  };
}
