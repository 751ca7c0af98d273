/** The public names of torch and NumPy with their documentation. Each module or class is asked for once. */

import { getJson } from "./client.ts";
import { FaultError } from "./faults.ts";
import { as } from "./filled.ts";
import type { NameRecord } from "./schema.ts";

type Names = ReadonlyMap<string, NameRecord>;

const NONE: Names = new Map();
const ASKED = new Map<string, Promise<Names>>();

/** What torch's documentation says of a public name such as `torch.Tensor.mul`; null if it says nothing. */
export async function documentation(name: string): Promise<NameRecord | null> {
  const dot = name.lastIndexOf(".");
  if (!/^(torch|numpy)\b/.test(name) || dot < 0) return null;
  return (await namesOf(name.slice(0, dot))).get(name.slice(dot + 1)) ?? null;
}

/** The public names of a module or class such as `torch.nn`. None if the service cannot say now: the next call asks again. */
export function namesOf(path: string): Promise<Names> {
  const asked = ASKED.get(path) ?? ask(path);
  ASKED.set(path, asked);
  return asked;
}

async function ask(path: string): Promise<Names> {
  try {
    const { names } = as("NamesResponse")(await getJson(`names/${encodeURIComponent(path)}`));
    return new Map(names.map((name) => [name.name, name]));
  } catch (error) {
    // That there is no such module stays true.
    if (!(error instanceof FaultError) || error.status !== 404) ASKED.delete(path);
    return NONE;
  }
}
