/** Graphs of an answer that a person had drawn anew, with parts of them opened or closed. */

import { drawn } from "../api/graph.ts";
import type { GraphBody, RunResponse } from "../api/schema.ts";
import type { Answer } from "./session.ts";

/** What is chosen of the folding of one graph: ids of nodes to show, and of modules to fold. */
export interface Choice {
  readonly open: readonly string[];
  readonly closed: readonly string[];
}

/** A wish: to open a folded node, or to close the module that a group is. */
export interface Wish {
  readonly kind: "open" | "close";
  readonly id: string;
}

export const UNCHOSEN: Choice = { open: [], closed: [] };

/** The choice with a wish added. To open a folded node is to show the first of what it hides. */
export function chosen(choice: Choice, graph: GraphBody, { kind, id }: Wish): Choice {
  if (kind === "open") {
    const member = graph.folded.find((fold) => fold.id === id)?.members[0];
    return member === undefined ? choice : { ...choice, open: [...choice.open, member] };
  }
  const parents = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const groups = new Map(graph.nodes.map((node) => [node.id, node.group]));
  const within = (node: string): boolean => {
    for (let at = groups.get(node) ?? null; at !== null; at = parents.get(at) ?? null) if (at === id) return true;
    return false;
  };
  return {
    open: choice.open.filter((node) => !within(node)),
    closed: [...choice.closed.filter((one) => one !== id), id],
  };
}

/** Keeps the graphs that were drawn anew for the newest answer. `onChange` is called when one has come. */
export class Redrawing {
  readonly #onChange: () => void;
  #answer: RunResponse | null = null;
  #shown: RunResponse | null = null;
  #choices = new Map<string, Choice>();

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The answer with the graphs as they were drawn last. */
  shown(answer: RunResponse): RunResponse {
    if (answer !== this.#answer) {
      this.#answer = answer;
      this.#shown = answer;
      this.#choices = new Map();
    }
    return this.#shown ?? answer;
  }

  /** Have a graph drawn as it is wished. The program is run again: a seeded one makes the same graph. Throws FaultError. */
  async fold({ cells, response }: Answer, id: string, wish: Wish, lang: "en" | "zh-CN"): Promise<void> {
    const graph = this.shown(response).graphs.find((found) => found.id === id);
    if (graph === undefined) return;
    const choice = chosen(this.#choices.get(id) ?? UNCHOSEN, graph, wish);
    const made = await drawn({
      cells: cells.map(({ code }) => code),
      graph: id,
      open: [...choice.open],
      closed: [...choice.closed],
      lang,
    });
    // The person may have run something else meanwhile.
    if (this.#answer !== response) return;
    const shown = this.shown(response);
    this.#choices.set(id, choice);
    this.#shown = { ...shown, graphs: shown.graphs.map((one) => (one.id === id ? { ...made, like: one.like } : one)) };
    this.#onChange();
  }
}
