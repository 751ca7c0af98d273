import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";

import { describe, expect, it } from "vitest";

interface Event {
  readonly detail: string;
  readonly senders: readonly string[];
  readonly handlers: readonly string[];
}

const cells = (text: string): string[] => [...text.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");

/** The table of events of README.md. */
function documented(): Map<string, Event> {
  const rows = readFileSync("README.md", "utf8").matchAll(/^\| `(tp-[\w-]+)`\s+\| (.+?)\s+\| (.+?)\s+\| (.+?)\s+\|$/gm);
  return new Map(
    [...rows].map(([, name = "", detail = "", senders = "", handlers = ""]) => [
      name,
      {
        detail: detail === "–" ? "null" : (cells(detail)[0] ?? "").replaceAll("\\|", "|"),
        senders: cells(senders),
        handlers: cells(handlers),
      },
    ]),
  );
}

/** The events that the code declares, with the elements that name them. */
function declared(): Map<string, Event> {
  const files = readdirSync("src", { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path) => ({ name: basename(path, ".ts"), text: readFileSync(join("src", path), "utf8") }));
  const controllers = files.filter(({ name }) => ["editing", "viewing"].includes(name));
  const elements = files.filter(({ name }) => name.startsWith("tp-")).sort((a, b) => (a.name < b.name ? -1 : 1));
  const naming = (pattern: RegExp): string[] =>
    elements.filter(({ text }) => pattern.test(text)).map(({ name }) => name);
  const declarations = files
    .filter(({ name }) => name === "events")
    .flatMap(({ text }) => [...text.matchAll(/"(tp-[\w-]+)": CustomEvent<(.+)>;/g)]);
  return new Map(
    declarations.map(([, name = "", detail = ""]) => [
      name,
      {
        detail,
        senders: naming(new RegExp(`(emit\\(|#action\\(|\\? |: )"${name}"[,) ]`)),
        handlers: [
          ...controllers
            .filter(({ text }) => text.includes(`"${name}": (`))
            .map(({ text }) => /class (\w+)/.exec(text)?.[1] ?? ""),
          ...naming(new RegExp(`@${name}=`)),
        ],
      },
    ]),
  );
}

describe("the table of events", () => {
  it("has every event with its detail, the elements that send it and those that handle it", () => {
    const byName = (events: Map<string, Event>) => [...events].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(byName(documented())).toEqual(byName(declared()));
  });
});
