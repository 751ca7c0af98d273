/** What graphs are called on their tabs. */

import type { RunResponse } from "../api/schema.ts";

/**
 * The names of the graphs' roots, in order. A loop gives many graphs one name (`loss`): those are numbered by the
 * backward pass through them, for the first ones of a long loop are not kept.
 */
export function titlesOf({ graphs, backwards }: Pick<RunResponse, "graphs" | "backwards">): string[] {
  const names = graphs.map(({ root, root_name }) => root_name || root);
  return graphs.map(({ id }, at) => {
    const name = names[at] ?? id;
    const pass = backwards.findIndex((backward) => backward.graphs.includes(id));
    return pass < 0 || names.filter((other) => other === name).length < 2 ? name : `${name} #${pass + 1}`;
  });
}
