/** Derivations that were asked for, kept with the answer of the run that they belong to. */

import { derive } from "../api/routes.ts";
import type { BackwardRecord, DerivationRequest, DerivationResponse, RunResponse } from "../api/schema.ts";
import type { Lang } from "../i18n/index.ts";
import type { Ask } from "./inquiry.ts";

const ANSWERS = new WeakMap<RunResponse, Map<string, DerivationResponse>>();

/** Asks each question about a run once; what failed can be asked again. */
export function askingOnce(response: RunResponse, ask: Ask = derive): Ask {
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

/** The question about the variable `of`; if empty, about the root of the last backward pass. */
export function questionOf(cells: readonly string[], lang: Lang, of: string, checked = false): DerivationRequest {
  return { cells: [...cells], lang, finite_differences: checked, ...(of === "" ? {} : { of }) };
}

/** The variable to derive for the functions of a pass, as `questionOf` takes it; null if the pass has not one named root. */
export function startOf({ backwards }: RunResponse, pass: BackwardRecord): string | null {
  const [root] = pass.roots;
  if (root === undefined || pass.roots.length > 1) return null;
  if (backwards.at(-1)?.id === pass.id) return "";
  return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(root.name) ? root.name : null;
}
