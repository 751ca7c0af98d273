/** Whether a person's program does what an exercise asks: it is run, and then the exercise's own check after it. */

import { type Fault, faultFrom } from "../api/faults.ts";
import type { CellError, RunResponse } from "../api/schema.ts";
import { source } from "../api/source.ts";
import { asked, type Cell, type Notebook } from "../run/notebook.ts";
import type { Lang } from "../i18n/index.ts";

export type Verdict =
  | { readonly kind: "passed" }
  /** The check failed, and says why. */
  | { readonly kind: "failed"; readonly message: string }
  /** The program itself failed, by an error or a limit. */
  | { readonly kind: "broken"; readonly error: CellError | null; readonly message: string }
  | { readonly kind: "unanswered"; readonly fault: Fault };

/** Runs the cells, and then the check. The learner wrote the last cell. */
export async function checked(
  program: Notebook,
  check: Omit<Cell, "key">,
  lang: Lang,
  signal: AbortSignal,
): Promise<Verdict> {
  const { run } = source();
  if (run === null) return { kind: "unanswered", fault: { kind: "unrecorded" } };
  try {
    for await (const event of run({ ...asked([...program, { key: -1, ...check }]), lang }, signal))
      if (event.kind === "done") return verdictOf(event.response, program.length);
    return { kind: "unanswered", fault: { kind: "cut" } };
  } catch (error) {
    return { kind: "unanswered", fault: faultFrom(error) };
  }
}

/** What an answer says, in which the check is the cell at `at`. */
export function verdictOf({ cells, message, status }: RunResponse, at: number): Verdict {
  const failed = cells.findIndex(({ error }) => error !== null);
  const error = cells[failed]?.error ?? null;
  if (error === null)
    return status === "ok" ? { kind: "passed" } : { kind: "broken", error: null, message: message ?? status };
  if (failed < at) return { kind: "broken", error, message: `${error.type}: ${error.message}` };
  const asserted = error.type === "AssertionError" && error.message !== "";
  return { kind: "failed", message: asserted ? error.message : `${error.type}: ${error.message}` };
}

/** Whether Python refused how the lines are indented. */
export function isIndentation(verdict: Verdict | null): boolean {
  return verdict?.kind === "broken" && verdict.error?.type === "IndentationError";
}

/** What is wrong with a program that the author has foreseen: the text of the wrong one that it equals. */
export function foreseen(
  code: string,
  explanations: readonly { readonly code: string; readonly because: string }[],
): string | null {
  const plain = bare(code);
  return explanations.find((wrong) => bare(wrong.code) === plain)?.because ?? null;
}

/** Code without its comments, empty lines and spaces, in which programs of the same mistake differ. */
function bare(code: string): string {
  return code
    .split("\n")
    .map((line) =>
      line
        .replace(/(^|\s)#.*$/, "")
        .replace(/(?<=\S)\s+/g, "")
        .trimEnd(),
    )
    .filter((line) => line.trim() !== "")
    .join("\n");
}
