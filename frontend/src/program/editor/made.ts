/** What each line of a cell made: the names that it bound, what it wrote in place, and the gradients that it filled. */

import type { Span, Step } from "../../api/schema.ts";
import { facts, relaid } from "../../timeline/layouts.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import { visible } from "../../ui/text/visible.ts";
import { type Member, requiresGrad } from "../../timeline/member.ts";

const TEXT_CHARS = 24;

/** One thing that a line made. `text` is its shape and type, or the value of a number or the like. */
export interface Made {
  readonly name: string;
  readonly text: string;
  readonly how: "bound" | "written" | "gradient";
  /** The id of the tensor or array; null for anything else. */
  readonly id: string | null;
  /** Whether it requires a gradient. */
  readonly tracked: boolean;
}

/** What a statement made when it ran last, and how often it has run. */
export interface LineMade {
  readonly span: Span;
  readonly made: readonly Made[];
  readonly times: number;
}

/** What the statements of a cell have made up to a step (null: the end), in the order in which they ran last. */
export function madeIn(timeline: Timeline, cell: number, at: number | null): LineMade[] {
  const names = new Map<string, string>();
  const found = new Map<string, LineMade>();
  // What was written since the last statement is what the statement that ends next wrote.
  let written: Made[] = [];
  timeline.response.steps.forEach((step, index) => {
    if (at !== null && index > at) return;
    for (const { name, value } of step.bound) if (value !== null) names.set(value, name);
    written.push(...effects(timeline, step, index, names));
    if (step.kind !== "statement" && step.kind !== "call") return;
    const made = once([...bound(timeline, step, index), ...(step.kind === "call" ? [] : written)]);
    if (step.kind === "statement") written = [];
    const { span } = step;
    if (span?.cell !== cell) return;
    const key = `${span.line}:${span.column}:${span.end_line}:${span.end_column}`;
    const times = (found.get(key)?.times ?? 0) + 1;
    found.delete(key);
    found.set(key, { span, made, times });
  });
  return [...found.values()].filter(({ made }) => made.length > 0);
}

function bound(timeline: Timeline, step: Step, index: number): Made[] {
  return step.bound.flatMap(({ name, type, text, value }): Made[] => {
    const member = value === null ? null : timeline.memberAt(value, index);
    if (member !== null) return [madeOf(name, member, "bound")];
    if (text === null || type === "module" || type === "function") return [];
    return [{ name, text: cut(visible(text)), how: "bound", id: null, tracked: false }];
  });
}

function effects(timeline: Timeline, step: Step, index: number, names: ReadonlyMap<string, string>): Made[] {
  const received = timeline.functions.get(index)?.run.accumulation?.tensor ?? null;
  const wrote = step.changed.filter(
    ({ id }) => (step.kind === "operation" && step.outputs.includes(id)) || relaid(timeline, id, index) !== null,
  );
  return [
    ...wrote.filter(({ id, version }) => version > 0 && timeline.version(id, index)?.index !== 0).map(({ id }) => id),
    ...(received === null ? [] : [received]),
  ].flatMap((id): Made[] => {
    const member = timeline.memberAt(id, index);
    const name = names.get(id);
    if (member === null || name === undefined) return [];
    return [id === received ? madeOf(`${name}.grad`, member, "gradient") : madeOf(name, member, "written")];
  });
}

function madeOf(name: string, member: Member, how: Made["how"]): Made {
  return { name, text: facts(member), how, id: member.id, tracked: how !== "gradient" && requiresGrad(member) };
}

/** Each name once, as it was last. */
function once(made: readonly Made[]): Made[] {
  return [...new Map(made.map((thing) => [thing.name, thing])).values()];
}

function cut(text: string): string {
  const line = text.split("\n")[0] ?? "";
  return line.length > TEXT_CHARS || line.length < text.length ? `${line.slice(0, TEXT_CHARS - 1)}…` : line;
}
