/** What torch's own documentation says of a name: asked for once for each module or class. */

import type { NameBody, NamesBody } from "./schema.ts";

const ASKED = new Map<string, Promise<ReadonlyMap<string, NameBody>>>();

/** What is known of a public name such as `torch.Tensor.mul`; null for nothing. */
export async function documentation(name: string): Promise<NameBody | null> {
  const dot = name.lastIndexOf(".");
  if (!/^(torch|numpy)\b/.test(name) || dot < 0) return null;
  return (await namesOf(name.slice(0, dot))).get(name.slice(dot + 1)) ?? null;
}

/** The public names of a module or class, each by itself. None where the service cannot tell them now. */
export function namesOf(path: string): Promise<ReadonlyMap<string, NameBody>> {
  const asked = ASKED.get(path) ?? ask(path);
  ASKED.set(path, asked);
  return asked;
}

async function ask(path: string): Promise<ReadonlyMap<string, NameBody>> {
  try {
    const response = await fetch(`/api/v1/names/${encodeURIComponent(path)}`, {
      headers: { Accept: "application/json" },
    });
    if (response.ok) return new Map(((await response.json()) as NamesBody).names.map((one) => [one.name, one]));
  } catch {
    // It is asked for again where it is next wanted.
  }
  ASKED.delete(path);
  return new Map();
}
