/**
 * Where in a cell's code a value was seen, and which.
 *
 * NOTE. An operation's span is the sub-expression itself, and its output is its value right after. A name has the value that
 * it had before its statement began, or where the statement binds it, the one that it has after. Where code ran more than
 * once, the last time counts (before the step that the page stands at).
 */

import type { ArrayBody, SpanBody, TensorBody } from "../../api/schema.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import type { Values } from "../../api/values.ts";

/** A sub-expression that an operation computed. `step` is its place on the timeline. */
export interface OperationSight {
  readonly kind: "operation";
  readonly span: SpanBody;
  readonly step: number;
}

/** A statement that ran: from the step `first`, which may be its own, to the step `step`. */
export interface StatementSight {
  readonly kind: "statement";
  readonly span: SpanBody;
  readonly first: number;
  readonly step: number;
}

export type Sight = OperationSight | StatementSight;

/** A value that code had. */
export type Seen =
  | {
      readonly kind: "member";
      readonly member: TensorBody | ArrayBody;
      readonly values: Values;
      readonly gradient: Values | null;
    }
  | { readonly kind: "gradient"; readonly member: TensorBody | ArrayBody; readonly values: Values | null }
  | { readonly kind: "plain"; readonly type: string; readonly text: string };

/** Where values were seen in a cell up to a step (null: the end); each piece of code once. */
export function sightsIn(timeline: Timeline, cell: number, at: number | null): Sight[] {
  const found = new Map<string, Sight>();
  const ended = new Map<number, number>();
  timeline.response.steps.forEach((step, place) => {
    if (at !== null && place > at) return;
    const { span, kind, frame } = step;
    const statement = kind === "statement" || kind === "call";
    const first = (ended.get(frame) ?? -1) + 1;
    if (statement) ended.set(frame, place);
    if (span?.cell !== cell || (!statement && kind !== "operation")) return;
    const key = `${statement}:${span.line}:${span.column}:${span.end_line}:${span.end_column}`;
    found.set(
      key,
      statement
        ? { kind: "statement", span, first: kind === "call" ? place : first, step: place }
        : { kind: "operation", span, step: place },
    );
  });
  return [...found.values()];
}

/** What an operation gave: its first output. */
export function outputOf(timeline: Timeline, sight: OperationSight): Seen | null {
  const id = timeline.at(sight.step)?.outputs[0];
  return id === undefined ? null : member(timeline, id, sight.step);
}

/** What a statement's name had: before the statement, or after it where it is a target of it. */
export function nameIn(timeline: Timeline, sight: StatementSight, name: string, target: boolean): Seen | null {
  const place = target ? sight.step : sight.first - 1;
  const found = lookUp(timeline, sight, name, place);
  if (found === null) return null;
  if (found.value !== null) return member(timeline, found.value, place);
  return found.text === null ? null : { kind: "plain", type: found.type, text: found.text };
}

/** What `.grad` of a statement's name had before the statement; its `values` are null for no gradient. */
export function gradientIn(timeline: Timeline, sight: StatementSight, name: string): Seen | null {
  const place = sight.first - 1;
  const id = lookUp(timeline, sight, name, place)?.value ?? null;
  const owner = id === null ? null : (timeline.version(id, place)?.member ?? timeline.member(id));
  if (id === null || owner === null) return null;
  const gradient = timeline.gradient(id, place);
  return { kind: "gradient", member: owner, values: gradient?.kept === true ? gradient.values : null };
}

/** What a statement bound, where it is one name. */
export function boundIn(timeline: Timeline, sight: StatementSight): Seen | null {
  const bound = timeline.at(sight.step)?.bound ?? [];
  const [only] = bound;
  return only === undefined || bound.length > 1 ? null : nameIn(timeline, sight, only.name, true);
}

function lookUp(timeline: Timeline, { step }: StatementSight, name: string, place: number) {
  if (place < 0) return null;
  const frames = timeline.frames(place);
  const own = timeline.at(step)?.frame;
  const ordered = [...frames.filter(({ frame }) => frame === own), ...frames.toReversed()];
  return ordered.flatMap(({ names }) => names).find((found) => found.name === name) ?? null;
}

function member(timeline: Timeline, id: string, place: number): Seen | null {
  const version = timeline.version(id, place);
  if (version === null) return null;
  const gradient = timeline.gradient(id, place);
  return {
    kind: "member",
    member: version.member,
    values: version.values,
    gradient: gradient?.kept ? gradient.values : null,
  };
}
