/** The program of a pad: from an attribute, from scripts of Python within it, or from its text; or a recording of one. */

import type { EmbeddedProgram } from "../share/embed.ts";

/** A run that was recorded, by the address of its file. */
export interface RecordedProgram {
  readonly recording: string;
}

/** Why there is no program to run. */
export type Trouble =
  | { readonly kind: "nothing" }
  | { readonly kind: "cells" }
  /** It is given in more than one way. */
  | { readonly kind: "twice"; readonly names: readonly string[] };

const SCRIPT = "text/x-python";
/** Elements whose text nobody sees. */
const UNSEEN = "script, style, template";

/** Attributes that give a program. */
const GIVEN = ["code", "cells", "snippet", "src"];

/** The program, or what is wrong with how it is given. */
export function programOf(pad: Element): EmbeddedProgram | RecordedProgram | Trouble {
  const scripts = [...pad.children].filter((child) => child.getAttribute("type") === SCRIPT);
  const given = GIVEN.filter((name) => pad.hasAttribute(name));
  if (scripts.length > 0) given.push(`<script type="${SCRIPT}">`);
  if (given.length > 1) return { kind: "twice", names: given };
  switch (given[0]) {
    case "code":
      return cellsOf([dedented(pad.getAttribute("code") ?? "")]);
    case "cells":
      return listed(pad.getAttribute("cells") ?? "");
    case "snippet":
      return { snippet: pad.getAttribute("snippet") ?? "" };
    case "src":
      return recordedAt(pad.getAttribute("src") ?? "");
    case undefined:
      return cellsOf([dedented(textOf(pad))]);
    default:
      return cellsOf(scripts.map((script) => dedented(script.textContent)));
  }
}

/** Whether the author has put something into the pad that is to be seen until it is live. */
export function hasFallback(pad: Element): boolean {
  if ([...pad.children].some((child) => !child.matches(UNSEEN))) return true;
  const own = GIVEN.some((name) => pad.hasAttribute(name));
  // Text alone is the program, and no reader's text, unless the program is given otherwise.
  return (own || pad.querySelector(`:scope > script[type="${SCRIPT}"]`) !== null) && textOf(pad).trim() !== "";
}

function recordedAt(given: string): RecordedProgram | Trouble {
  if (given.trim() === "" || !URL.canParse(given, document.baseURI)) return { kind: "nothing" };
  return { recording: new URL(given, document.baseURI).href };
}

function cellsOf(cells: readonly string[]): EmbeddedProgram | Trouble {
  return cells.every((code) => code.trim() === "") ? { kind: "nothing" } : { cells };
}

function listed(json: string): EmbeddedProgram | Trouble {
  try {
    const value: unknown = JSON.parse(json);
    const cells = Array.isArray(value) ? value.filter((cell): cell is string => typeof cell === "string") : [];
    return Array.isArray(value) && cells.length === value.length ? cellsOf(cells) : { kind: "cells" };
  } catch {
    return { kind: "cells" };
  }
}

function textOf(pad: Element): string {
  const seen = [...pad.childNodes].filter(
    (node) => node instanceof Text || (node instanceof Element && !node.matches(UNSEEN)),
  );
  return seen.map((node) => node.textContent).join("");
}

/** The code without blank lines around it, and without what all its lines are indented by. */
export function dedented(code: string): string {
  const lines = code.replaceAll("\r\n", "\n").split("\n");
  const filled = lines.filter((line) => line.trim() !== "");
  let margin = /^[ \t]*/.exec(filled[0] ?? "")?.[0] ?? "";
  for (const line of filled) while (!line.startsWith(margin)) margin = margin.slice(0, -1);
  return lines
    .map((line) => (line.trim() === "" ? "" : line.slice(margin.length)))
    .join("\n")
    .replace(/^\n+|\n+$/g, "");
}
