/** What is before the dot at which a name is completed. */

import type { RunResponse } from "../../../api/schema.ts";

const TENSOR = "torch.Tensor";
/** Packages whose names the service knows. */
const TOLD = /^(?:torch|numpy)(?:\.|$)/;

/** The word that is being completed, and the path of what it is a member of; null for a word of its own. */
export interface Wanted {
  readonly word: string;
  readonly owner: string | null;
}

/**
 * What is wanted after `before`, the line up to the cursor; null if nothing can be offered.
 *
 * The result of a call or an index is taken for a tensor, which it nearly always is here.
 */
export function wantedAfter(
  before: string,
  imports: ReadonlyMap<string, string>,
  response: RunResponse | null,
): Wanted | null {
  const word = /[A-Za-z_]\w*$/.exec(before)?.[0] ?? "";
  const rest = before.slice(0, before.length - word.length);
  if (!rest.endsWith(".")) return word === "" || /\d$/.test(rest) ? null : { word, owner: null };
  const owner = rest.slice(0, -1);
  const path = /(?<![\w.)\]])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.exec(owner)?.[0];
  if (path === undefined)
    return /[)\]\w]$/.test(owner) && !/(?<![\w.])\d[\d_]*$/.test(owner) ? { word, owner: TENSOR } : null;
  const [root = "", ...members] = path.split(".");
  const variable = response?.variables.find(({ name }) => name === root);
  if (variable !== undefined && variable.type !== "module") {
    // What the attributes of a value are is not known; those of a tensor that lead on are tensors.
    if (variable.tensor !== null) return { word, owner: TENSOR };
    return members.length === 0 && TOLD.test(variable.type) ? { word, owner: variable.type } : null;
  }
  const module = imports.get(root);
  if (module === undefined) return variable === undefined && response === null ? null : { word, owner: TENSOR };
  const full = [module, ...members].join(".");
  return TOLD.test(full) ? { word, owner: full } : null;
}
