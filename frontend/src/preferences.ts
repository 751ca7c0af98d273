/** What a person has chosen for this browser: whether programs run as they are typed, and what Tab does in code. */

const KEY = "tensorpad.preferences";

interface Choices {
  /** Whether a program runs while it is typed. */
  readonly live: boolean;
  /** Whether Tab indents once something was typed, or always moves the focus on. */
  readonly tab: "indents" | "moves";
}

const DEFAULTS: Choices = { live: false, tab: "indents" };

/** The choices now, and news of their changes. */
class Preferences extends EventTarget {
  #choices: Choices = read();

  get live(): boolean {
    return this.#choices.live;
  }

  get tab(): Choices["tab"] {
    return this.#choices.tab;
  }

  choose(choice: Partial<Choices>): void {
    this.#choices = { ...this.#choices, ...choice };
    try {
      localStorage.setItem(KEY, JSON.stringify(this.#choices));
    } catch {
      // Storage may be off; the choice then lasts as long as the page.
    }
    this.dispatchEvent(new Event("change"));
  }
}

function read(): Choices {
  try {
    const stored = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Record<keyof Choices, unknown>>;
    return {
      live: typeof stored.live === "boolean" ? stored.live : DEFAULTS.live,
      tab: stored.tab === "moves" ? "moves" : "indents",
    };
  } catch {
    return DEFAULTS;
  }
}

export const preferences = new Preferences();
