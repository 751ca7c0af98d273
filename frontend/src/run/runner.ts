/** Carries out runs, one at a time, and keeps the session. */

import { faultFrom } from "../api/faults.ts";
import { source } from "../api/source.ts";
import { asked, type Notebook } from "./notebook.ts";
import { Quiet } from "./quiet.ts";
import { next, type Session, type SessionEvent } from "./session.ts";

export class Runner {
  session: Session = { kind: "idle" };
  #ticket = 0;
  #abort: AbortController | null = null;
  #quiet: Quiet | null = null;
  readonly #changed: () => void;

  /** `changed` is called after every change of the session. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /**
   * Run these cells; a run that still goes on is ended, and nothing of it is shown any more. A quiet run is shown when it
   * has ended (see `quiet.ts`). `again`: these are the cells of the answer, whose run the service no longer has.
   */
  async start(cells: Notebook, lang: "en" | "zh-CN", { quiet = false, again = false } = {}): Promise<void> {
    this.#abort?.abort();
    this.#quiet?.drop();
    const abort = new AbortController();
    const ticket = ++this.#ticket;
    this.#abort = abort;
    const held = quiet
      ? new Quiet((event) => {
          this.#take(event);
        })
      : null;
    this.#quiet = held;
    const take = (event: SessionEvent): void => {
      // What an older run still says is of no interest.
      if (ticket !== this.#ticket) return;
      if (held === null) this.#take(event);
      else held.take(event);
    };
    const { run } = source();
    if (run === null) throw new Error("nothing can be run on this page");
    take({ kind: "started", ticket, at: performance.now(), cells, again });
    try {
      for await (const event of run({ ...asked(cells), lang }, abort.signal)) {
        take({ kind: "heard", ticket, event });
      }
    } catch (error) {
      take({ kind: "failed", ticket, fault: faultFrom(error) });
    }
  }

  /** End the run that goes on. */
  cancel(): void {
    this.#abort?.abort();
  }

  #take(event: SessionEvent): void {
    const before = this.session;
    this.session = next(before, event);
    if (this.session !== before) this.#changed();
  }
}
