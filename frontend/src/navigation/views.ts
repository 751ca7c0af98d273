/** The views of a run beside its program. */

/** In the order of their tabs. On a wide page the values are beside the others. */
export const VIEWS = ["graph", "memory", "derivation", "values"] as const;
export type ViewName = (typeof VIEWS)[number];

export function isView(name: string): name is ViewName {
  return (VIEWS as readonly string[]).includes(name);
}
