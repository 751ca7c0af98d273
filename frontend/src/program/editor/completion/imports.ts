/** The module or class of each imported name, read from the program's text: it need not run to be completed. */

/** What every program has without importing it. */
const GIVEN: readonly (readonly [string, string])[] = [
  ["torch", "torch"],
  ["np", "numpy"],
];

/** Dotted paths by the names that the program has for them. */
export function importedBy(sources: readonly string[]): ReadonlyMap<string, string> {
  const found = new Map(GIVEN);
  for (const line of sources.flatMap((source) => source.split("\n"))) {
    const whole = /^\s*import\s+(.+?)\s*(?:#.*)?$/.exec(line)?.[1];
    if (whole !== undefined) {
      for (const [path, alias] of renamed(whole)) {
        const [root = path] = path.split(".");
        found.set(alias ?? root, alias === null ? root : path);
      }
    }
    const parts = /^\s*from\s+([\w.]+)\s+import\s+\(?(.+?)\)?\s*(?:#.*)?$/.exec(line);
    if (parts === null) continue;
    for (const [name, alias] of renamed(parts[2] ?? "")) found.set(alias ?? name, `${parts[1] ?? ""}.${name}`);
  }
  return found;
}

function renamed(list: string): [string, string | null][] {
  return list.split(",").flatMap((item): [string, string | null][] => {
    const match = /^\s*([\w.]+)(?:\s+as\s+(\w+))?\s*$/.exec(item);
    return match?.[1] === undefined ? [] : [[match[1], match[2] ?? null]];
  });
}
