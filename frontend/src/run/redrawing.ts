/** Graphs of an answer that were drawn after it: outlines once they are shown, and graphs that a person folds another way. */

import type { DrawnGraph, RunResponse } from "../api/schema.ts";
import { FaultError } from "../api/faults.ts";
import { source } from "../api/source.ts";
import type { Lang } from "../i18n/index.ts";
import type { Answer } from "./session.ts";

/** How one graph is folded: ids of nodes to show, and of modules to fold. */
interface Folds {
  readonly open: readonly string[];
  readonly closed: readonly string[];
}

/** To open a folded node, or to close the module of a group. */
export interface FoldChange {
  readonly kind: "open" | "close";
  readonly id: string;
}

export const UNFOLDED: Folds = { open: [], closed: [] };

/** The state of the drawing of an outline. */
export type Progress = "drawing" | "failed";

/** Why a graph stayed as it was when a person folded it: no picture came, or the recording has none of that folding. */
export type Refusal = "notRedrawn" | "unrecorded";

/** Milliseconds for which a graph must be shown before it is drawn: stepping through a loop passes many. */
const REST_MS = 150;

/** Whether an answer left out the picture and the values of a graph, because a later one is like it. */
export function isOutline({ like, svg, dot }: DrawnGraph): boolean {
  // One that was asked for and could not be drawn has its DOT.
  return like !== null && svg === null && dot === null;
}

/** The folds after a change. To open a folded node is to show the first of what it hides. */
export function refolded(folds: Folds, graph: DrawnGraph, { kind, id }: FoldChange): Folds {
  if (kind === "open") {
    const member = graph.folded.find((fold) => fold.id === id)?.members[0];
    return member === undefined ? folds : { ...folds, open: [...folds.open, member] };
  }
  const parents = new Map(graph.groups.map((group) => [group.id, group.parent]));
  const groups = new Map(graph.nodes.map((node) => [node.id, node.group]));
  const within = (node: string): boolean => {
    for (let at = groups.get(node) ?? null; at !== null; at = parents.get(at) ?? null) if (at === id) return true;
    return false;
  };
  return {
    open: folds.open.filter((node) => !within(node)),
    closed: [...folds.closed.filter((group) => group !== id), id],
  };
}

/** An outline that is shown and not drawn yet. */
interface Look {
  readonly graph: string;
  readonly abort: AbortController;
}

/** Keeps the graphs that were drawn after the newest answer. `onChange` is called when one has come, or will not. */
export class Redrawing {
  readonly #onChange: () => void;
  #answer: RunResponse | null = null;
  #shown: RunResponse | null = null;
  #folds = new Map<string, Folds>();
  #failed = new Set<string>();
  #refusals = new Map<string, Refusal>();
  #looked: Look | null = null;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
  }

  /** The answer with the graphs as they were drawn last. */
  shown(answer: RunResponse): RunResponse {
    if (answer !== this.#answer) {
      this.#answer = answer;
      this.#shown = answer;
      this.#folds = new Map();
      this.#failed = new Set();
      this.#refusals = new Map();
      this.#leave();
    }
    return this.#shown ?? answer;
  }

  /** The state of the drawing of a graph; null if it is drawn. */
  progress(id: string | null): Progress | null {
    const graph = this.#shown?.graphs.find((candidate) => candidate.id === id);
    if (graph === undefined || !isOutline(graph)) return null;
    return this.#failed.has(graph.id) ? "failed" : "drawing";
  }

  /** Why a graph was not folded another way the last time; null if it was. */
  refusal(id: string | null): Refusal | null {
    return id === null ? null : (this.#refusals.get(id) ?? null);
  }

  /** Have a graph that is shown drawn, if it is an outline, and give up the one that was shown before. */
  look(answer: Answer, id: string, lang: Lang): void {
    this.shown(answer.response);
    if (this.#looked?.graph === id) return;
    this.#leave();
    if (this.progress(id) !== "drawing") return;
    this.#looked = { graph: id, abort: new AbortController() };
    void this.#complete(answer, this.#looked, lang);
  }

  /** Let a graph whose drawing failed be tried again. */
  retry(id: string): void {
    this.#failed.delete(id);
    this.#onChange();
  }

  #leave(): void {
    this.#looked?.abort.abort();
    this.#looked = null;
  }

  async #complete({ cells }: Answer, look: Look, lang: Lang): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
    if (this.#looked !== look) return;
    const request = { cells: cells.map(({ code }) => code), graph: look.graph, lang };
    const made = await source()
      .draw(request, look.abort.signal)
      .catch(() => null);
    // Another graph may be shown, or another program have been run meanwhile.
    if (this.#looked !== look) return;
    if (made === null) this.#failed.add(look.graph);
    else this.#put(look.graph, made);
    this.#looked = null;
    this.#onChange();
  }

  /** Have a graph drawn with another part opened or closed. The program is run again: a seeded one makes the same graph. Throws FaultError. */
  async fold({ cells, response }: Answer, id: string, change: FoldChange, lang: Lang): Promise<void> {
    const graph = this.shown(response).graphs.find((candidate) => candidate.id === id);
    if (graph === undefined) return;
    const folds = refolded(this.#folds.get(id) ?? UNFOLDED, graph, change);
    const made = await source()
      .draw({ cells: cells.map(({ code }) => code), graph: id, open: [...folds.open], closed: [...folds.closed], lang })
      .catch((error: unknown) => {
        const unrecorded = error instanceof FaultError && error.fault.kind === "unrecorded";
        if (this.#answer === response) this.#refusals.set(id, unrecorded ? "unrecorded" : "notRedrawn");
        throw error;
      });
    // The person may have run something else meanwhile.
    if (this.#answer !== response) return;
    this.#refusals.delete(id);
    this.#folds.set(id, folds);
    this.#put(id, made);
    this.#onChange();
  }

  #put(id: string, made: DrawnGraph): void {
    const shown = this.#shown;
    if (shown === null) return;
    this.#shown = {
      ...shown,
      graphs: shown.graphs.map((graph) => (graph.id === id ? { ...made, like: graph.like } : graph)),
    };
  }
}
