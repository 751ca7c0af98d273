/** What the keys are called on this machine. */

export const MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);

/** A chord as people read it: `Mod-Enter` is `⌘ ↵` or `Ctrl ↵`. */
export function chord(keys: string): string {
  const words: Readonly<Record<string, string>> = {
    Mod: MAC ? "⌘" : "Ctrl",
    Enter: "↵",
    Shift: MAC ? "⇧" : "Shift",
    Escape: "Esc",
  };
  return keys
    .split("-")
    .map((key) => words[key] ?? key)
    .join(" ");
}
