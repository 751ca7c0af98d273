/** The colours that a reader has chosen in the book, where its theme lets them. */

export type BookTheme = "light" | "dark" | "auto";

/** Themes of Sphinx keep the choice in one of these, at the root of the page or at its body. */
const ATTRIBUTES = ["data-theme", "data-color-mode", "data-bs-theme"];

/** Call `changed` with the colours now, and after each change. A book without a choice has those of its author. */
export function followTheme(changed: (theme: BookTheme | null) => void): void {
  let last: BookTheme | null = null;
  const look = (): void => {
    const theme = themeOf([document.documentElement, document.body]);
    if (theme !== last) changed(theme);
    last = theme;
  };
  const observer = new MutationObserver(look);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributeFilter: ATTRIBUTES });
  look();
}

export function themeOf(elements: readonly Element[]): BookTheme | null {
  const values = elements.flatMap((element) => ATTRIBUTES.map((name) => element.getAttribute(name)));
  return values.find((value) => value === "light" || value === "dark" || value === "auto") ?? null;
}
