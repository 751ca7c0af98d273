/** Light or dark: what the person chose here, else what the system says. */

export type ThemeChoice = "system" | "light" | "dark";
export type Theme = "light" | "dark";

export const THEME_CHOICES: readonly ThemeChoice[] = ["system", "light", "dark"];

const KEY = "tensorpad.theme";

/** The choice, the theme that follows from it, and news of its changes; `<html data-theme>` carries the theme. */
class Themes extends EventTarget {
  choice: ThemeChoice = "system";
  readonly #dark = matchMedia("(prefers-color-scheme: dark)");

  get theme(): Theme {
    if (this.choice !== "system") return this.choice;
    return this.#dark.matches ? "dark" : "light";
  }

  /** Take up the choice of an earlier visit. */
  begin(): void {
    const stored = read();
    this.use(THEME_CHOICES.find((choice) => choice === stored) ?? "system");
  }

  /** Follow a choice, and the system where it leaves it to that, without keeping it for a later visit. */
  use(choice: ThemeChoice): void {
    this.choice = choice;
    this.#dark.addEventListener("change", this.#apply);
    this.#apply();
  }

  choose(choice: ThemeChoice): void {
    try {
      localStorage.setItem(KEY, choice);
    } catch {
      // Storage may be off; the choice then lasts as long as the page.
    }
    this.use(choice);
  }

  readonly #apply = (): void => {
    document.documentElement.dataset["theme"] = this.theme;
    this.dispatchEvent(new Event("change"));
  };
}

function read(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}

export const themes = new Themes();
