/** Parts of the page that are loaded when they are first needed. Those that could not be loaded can be asked for again. */

type Load<Part> = () => Promise<Part>;
type Ready = (part: never) => void;

class Parts extends EventTarget {
  /** By how it is loaded, who waits for a part that could not be. */
  readonly #failed = new Map<Load<unknown>, Set<Ready>>();

  /** Whether something could not be loaded. A change of it is told by the event `change`. */
  get missing(): boolean {
    return this.#failed.size > 0;
  }

  /** Load a part, the same function for the same part, and hand it over once it is there. */
  load<Part>(part: Load<Part>, ready?: (part: Part) => void): void {
    const waiting = this.#failed.get(part);
    // It is asked for again only if a person wishes it: a view may need it at each change.
    if (waiting === undefined) void this.#fetch(part, new Set<Ready>(ready === undefined ? [] : [ready]));
    else if (ready !== undefined) waiting.add(ready);
  }

  /** Try to load again what could not be loaded. */
  async retry(): Promise<void> {
    const again = [...this.#failed];
    await Promise.all(again.map(([part, waiting]) => this.#fetch(part, waiting)));
  }

  async #fetch(part: Load<unknown>, waiting: Set<Ready>): Promise<void> {
    let loaded: unknown;
    try {
      loaded = await part();
    } catch {
      this.#failed.set(part, new Set([...(this.#failed.get(part) ?? []), ...waiting]));
      this.dispatchEvent(new Event("change"));
      return;
    }
    if (this.#failed.delete(part)) this.dispatchEvent(new Event("change"));
    for (const ready of waiting) ready(loaded as never);
  }
}

export const parts = new Parts();
