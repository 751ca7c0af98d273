/** What the nodes of a graph hold at a step: what the cards of their tensors show then. */

import type { DrawnGraph, Node } from "../api/schema.ts";
import type { Values } from "../api/values.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { visible } from "../ui/text/visible.ts";
import { rowsOf } from "./svg/rows.ts";
import type { CardText } from "./svg/writing.ts";

/** A node at a step. `there` is false as long as its tensor does not exist: then it has neither names nor values. */
export interface NodeMoment {
  readonly there: boolean;
  readonly names: readonly string[];
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly value: Values | null;
  /** The `.grad` of a leaf or after `retain_grad()`, else the gradient that has arrived at the function. */
  readonly gradient: Values | null;
}

/** The nodes that stand for a tensor, by their ids. */
export function momentsOf(timeline: Timeline, graph: DrawnGraph, step: number | null): ReadonlyMap<string, NodeMoment> {
  const arrived = arrivedAt(timeline, graph, step);
  return new Map(
    graph.nodes.flatMap((node): [string, NodeMoment][] => {
      const { id, tensor } = node;
      if (tensor === null) return [];
      const version = timeline.version(tensor, step);
      const layout = version?.member.layout;
      const moment = {
        there: version !== null,
        names: version === null ? [] : timeline.namesOf(tensor, step),
        shape: layout?.shape ?? [],
        dtype: layout?.dtype ?? "",
        value: version?.values ?? null,
        gradient: isLeaf(node) || node.grad_kept ? kept(timeline, tensor, step) : (arrived.get(id) ?? null),
      };
      return [[id, moment]];
    }),
  );
}

/** What the cards of the nodes say: the names that the tensors have, the numbers that they hold. */
export function cardTexts(graph: DrawnGraph, moments: ReadonlyMap<string, NodeMoment>): ReadonlyMap<string, CardText> {
  const modules = new Map(graph.groups.map((group) => [group.id, group.kind === "module" ? `${group.label}.` : ""]));
  return new Map(
    graph.nodes.flatMap((node): [string, CardText][] => {
      const moment = moments.get(node.id);
      if (moment === undefined) return [];
      const { there, names, shape, dtype, value, gradient } = moment;
      const module = modules.get(node.group ?? "") ?? "";
      const own = names.map((name) => (module !== "" && name.startsWith(module) ? name.slice(module.length) : name));
      const missing = isLeaf(node) && there ? ["None"] : null;
      const text = {
        title: there ? titleOf(node, own) : null,
        value: value === null ? null : rowsOf(value, shape, dtype),
        gradient: gradient === null ? missing : rowsOf(gradient, shape, dtype),
      };
      return [[node.id, text]];
    }),
  );
}

/** The names of then. What has none goes by its source, or as it is drawn, and a parameter by the names to come; a module by its class. */
function titleOf(node: Node, names: readonly string[]): string | null {
  if (node.kind === "folded") return null;
  if (names.length > 0) return visible(names.join(", "));
  return node.names.length === 0 || isLeaf(node) ? null : visible(node.expression ?? node.function ?? "");
}

export function isLeaf({ kind }: Node): boolean {
  return kind === "leaf" || kind === "parameter";
}

function kept(timeline: Timeline, tensor: string, step: number | null): Values | null {
  const gradient = timeline.gradient(tensor, step);
  return gradient?.kept === true ? gradient.values : null;
}

/** The gradient that the newest run up to a step brought to each function of a graph. */
function arrivedAt(timeline: Timeline, graph: DrawnGraph, step: number | null): Map<string, Values> {
  const found = new Map<string, Values>();
  for (const [index, { pass, run }] of timeline.functions) {
    if ((step !== null && index > step) || !pass.graphs.includes(graph.id)) continue;
    const values = timeline.gradientIn(
      pass,
      run.arrived.find((slot) => slot !== null),
    );
    if (values !== null) found.set(run.function, values);
  }
  return found;
}
