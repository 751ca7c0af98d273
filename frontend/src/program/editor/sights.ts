/**
 * The spans of a cell's code whose values are known, and those values.
 *
 * NOTE. An operation's span is the sub-expression itself, and its output is its value right after. A name has the value that
 * it had before its statement began, or if the statement binds it, the one that it has after. If code ran more than
 * once, the last time counts (before the step that is shown).
 */

import type { Span } from "../../api/schema.ts";
import type { Timeline } from "../../timeline/timeline.ts";
import type { Values } from "../../api/values.ts";
import type { Member } from "../../timeline/member.ts";

/** A sub-expression that an operation computed. `step` is the index of its step. */
export interface OperationSight {
  readonly kind: "operation";
  readonly span: Span;
  readonly step: number;
}

/** A statement that ran: from the step `first`, which may be its own, to the step `step`. */
export interface StatementSight {
  readonly kind: "statement";
  readonly span: Span;
  readonly first: number;
  readonly step: number;
}

export type Sight = OperationSight | StatementSight;

/** A value that code had. */
export type Seen =
  | {
      readonly kind: "member";
      readonly member: Member;
      readonly values: Values;
      readonly gradient: Values | null;
    }
  | {
      readonly kind: "gradient";
      readonly member: Member;
      readonly values: Values | null;
      /** Whether one passed through that was not kept. */
      readonly passed: boolean;
    }
  | { readonly kind: "plain"; readonly type: string; readonly text: string };

/** The sights in a cell up to a step (null: the end), one for each span. */
export function sightsIn(timeline: Timeline, cell: number, at: number | null): Sight[] {
  const found = new Map<string, Sight>();
  const ended = new Map<number, number>();
  timeline.response.steps.forEach((step, index) => {
    if (at !== null && index > at) return;
    const { span, kind, frame } = step;
    const statement = kind === "statement" || kind === "call";
    const first = (ended.get(frame) ?? -1) + 1;
    if (statement) ended.set(frame, index);
    if (span?.cell !== cell || (!statement && kind !== "operation")) return;
    const key = `${statement}:${span.line}:${span.column}:${span.end_line}:${span.end_column}`;
    found.set(
      key,
      statement
        ? { kind: "statement", span, first: kind === "call" ? index : first, step: index }
        : { kind: "operation", span, step: index },
    );
  });
  return [...found.values()];
}

/** The value of an operation: its first output. */
export function outputOf(timeline: Timeline, sight: OperationSight): Seen | null {
  const id = timeline.at(sight.step)?.outputs[0];
  return id === undefined ? null : member(timeline, id, sight.step);
}

/** The value of a name in a statement: before the statement, or after it if the name is its target. */
export function nameIn(timeline: Timeline, sight: StatementSight, name: string, target: boolean): Seen | null {
  const index = target ? sight.step : sight.first - 1;
  const found = lookUp(timeline, sight, name, index);
  if (found === null) return null;
  if (found.value !== null) return member(timeline, found.value, index);
  return found.text === null ? null : { kind: "plain", type: found.type, text: found.text };
}

/** What `.grad` of a name had before the statement, or after it if that is its target; `values` are null for no gradient. */
export function gradientIn(timeline: Timeline, sight: StatementSight, name: string, target: boolean): Seen | null {
  const index = target ? sight.step : sight.first - 1;
  const id = lookUp(timeline, sight, name, index)?.value ?? null;
  const owner = id === null ? null : timeline.memberAt(id, index);
  if (id === null || owner === null) return null;
  const gradient = timeline.gradient(id, index);
  const kept = gradient?.kept === true;
  return { kind: "gradient", member: owner, values: kept ? gradient.values : null, passed: gradient !== null && !kept };
}

/** The value that a statement bound, if it bound one name. */
export function boundIn(timeline: Timeline, sight: StatementSight): Seen | null {
  const bound = timeline.at(sight.step)?.bound ?? [];
  const [only] = bound;
  return only === undefined || bound.length > 1 ? null : nameIn(timeline, sight, only.name, true);
}

function lookUp(timeline: Timeline, { step }: StatementSight, name: string, index: number) {
  if (index < 0) return null;
  const frames = timeline.frames(index);
  const own = timeline.at(step)?.frame;
  const ordered = [...frames.filter(({ frame }) => frame === own), ...frames.toReversed()];
  return ordered.flatMap(({ names }) => names).find((bound) => bound.name === name) ?? null;
}

function member(timeline: Timeline, id: string, index: number): Seen | null {
  const version = timeline.version(id, index);
  if (version === null) return null;
  const gradient = timeline.gradient(id, index);
  return {
    kind: "member",
    member: version.member,
    values: version.values,
    gradient: gradient?.kept ? gradient.values : null,
  };
}
