/** Derivations that were asked for, kept with the answer of the run that they belong to. */

import type { BackwardRecord, DerivationRequest, DerivationResponse, RunResponse } from "../api/schema.ts";
import { source } from "../api/source.ts";
import type { Lang } from "../i18n/index.ts";
import type { Ask } from "./inquiry.ts";

const ANSWERS = new WeakMap<RunResponse, Map<string, DerivationResponse>>();

/** Asks each question about a run once; what failed can be asked again. */
export function askingOnce(response: RunResponse, ask: Ask = source().derive): Ask {
  return async (body, signal) => {
    const known = ANSWERS.get(response) ?? new Map<string, DerivationResponse>();
    ANSWERS.set(response, known);
    const question = JSON.stringify(body);
    const found = known.get(question);
    if (found !== undefined) return found;
    const answer = await ask(body, signal);
    if (answer.derivation !== null) known.set(question, answer);
    return answer;
  };
}

/** Whether a question about a run has been answered. */
export function isKnown(response: RunResponse, question: DerivationRequest): boolean {
  return ANSWERS.get(response)?.has(JSON.stringify(question)) === true;
}

/** What is derived: a variable (if empty, the root of the last backward pass), or the root of one pass. */
export type Start = { readonly of: string } | { readonly backward: string };

/** The question how a gradient comes about. */
export function questionOf(cells: readonly string[], lang: Lang, start: Start, checked = false): DerivationRequest {
  const asked = "of" in start && start.of === "" ? {} : start;
  return { cells: [...cells], lang, finite_differences: checked, ...asked };
}

/** Where to start for the functions of a pass; null if the pass has several roots. */
export function startOf({ backwards }: RunResponse, pass: BackwardRecord): Start | null {
  if (pass.roots.length !== 1) return null;
  // The question that the view of derivations asks, so that it is asked once.
  return backwards.at(-1)?.id === pass.id ? { of: "" } : { backward: pass.id };
}
