/** What is before the dot at which a name is completed. */

import type { RunResponse } from "../../../api/schema.ts";

const TENSOR = "torch.Tensor";
/** Packages whose names the service knows. */
const DOCUMENTED = /^(?:torch|numpy)(?:\.|$)/;

/** The word that is being completed, and the path of what it is a member of; null for a word of its own. */
interface Wanted {
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
  // After a digit a word is part of a number, as in `3e`.
  if (!rest.endsWith(".")) return word === "" || /\d$/.test(rest) ? null : { word, owner: null };
  const expression = rest.slice(0, -1);
  const path = /(?<![\w.)\]])[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*$/.exec(expression)?.[0];
  const owner = path === undefined ? ownerOf(expression) : ownerAt(path, imports, response);
  return owner === null ? null : { word, owner };
}

/** The owner of the members of an expression that is no dotted path; null if it ends in a number or an operator. */
function ownerOf(expression: string): string | null {
  return /[)\]\w]$/.test(expression) && !/(?<![\w.])\d[\d_]*$/.test(expression) ? TENSOR : null;
}

/** The owner of the members of a dotted path of names; null if it is not known. */
function ownerAt(path: string, imports: ReadonlyMap<string, string>, response: RunResponse | null): string | null {
  const [root = "", ...members] = path.split(".");
  const variable = response?.variables.find(({ name }) => name === root);
  if (variable !== undefined && variable.type !== "module") {
    // The attributes of a value are not known; those of a tensor that have members are tensors.
    if (variable.tensor !== null) return TENSOR;
    return members.length === 0 && DOCUMENTED.test(variable.type) ? variable.type : null;
  }
  const module = imports.get(root);
  if (module === undefined) return variable === undefined && response === null ? null : TENSOR;
  const full = [module, ...members].join(".");
  return DOCUMENTED.test(full) ? full : null;
}
