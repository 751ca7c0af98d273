/** Where in its program a gate asks. */

import type { Gate } from "../api/schema.ts";

/** Blank lines, and comments such as those of gates. */
const NO_STATEMENT = /^\s*(#.*)?$/;

/** The line of the statement that a gate is about: the last one above it, or the one below, which may raise. */
export function statementLine({ kind, line }: Pick<Gate, "kind" | "line">, source: string): number {
  const lines = source.split("\n");
  const step = kind === "raises" ? 1 : -1;
  let at = line;
  while (NO_STATEMENT.test(lines[at - 1] ?? "end")) at += step;
  return Math.min(Math.max(at, 1), lines.length);
}
