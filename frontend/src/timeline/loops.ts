/**
 * Rounds of loops.
 *
 * NOTE. A trace has no loops, only steps. But within one call, a program goes back in its source only where a loop goes round:
 * 1. Of each call the way is kept: the statements that it has done since the loop began, in the order of the source. The head of
 *    a `for` is a statement too, that of a `while` is none.
 * 2. A statement that is not after the last one goes back. The first statement of the way that is not before it began the round;
 *    what is after that on the way is done with, and so are the loops in it.
 * 3. A statement that is less indented than the body of a loop is not in it. So a `while` whose body begins with a `for` goes
 *    round where the `for` has been left.
 * 4. A round begins right after the statement before, so that the operations and calls of its first statement belong to it.
 *
 * What is not told apart: a `while` with nothing in its body but one other loop, whose rounds are all that is seen; and in a body
 * that is one `if`, a round that takes a later branch than the one before it.
 */

import type { Step } from "../api/schema.ts";

/** A round of a loop: its steps, by index, which it is of how many (from 1), and how many loops it is in, with its own. */
export interface Round {
  readonly first: number;
  readonly last: number;
  readonly number: number;
  readonly count: number;
  readonly depth: number;
}

interface Loop {
  readonly begins: number[];
  /** What is less indented is not in it. */
  indent: number;
  /** Its last step; null as long as it goes on. */
  end: number | null;
}

/** A statement, by its place in the source. */
interface Statement {
  readonly place: number;
  /** Of the statement that it is, or is the head of. */
  readonly indent: number;
  readonly head: boolean;
}

/** A statement on the way of a call: the step with which its first round began, and the loops that it begins, inner ones last. */
interface Passed extends Statement {
  readonly first: number;
  readonly loops: readonly Loop[];
}

interface Call {
  way: Passed[];
  /** The step after its last statement. */
  next: number;
  /** The last step before what called it went on. */
  left: number;
}

/** The rounds of all loops that went round, in the order in which they begin, an outer one before those in it. */
export function roundsOf(steps: readonly Step[]): readonly Round[] {
  const loops: Loop[] = [];
  const calls = new Map<number, Call>();
  const active: number[] = [];
  steps.forEach((step, index) => {
    const call = calls.get(step.frame) ?? { way: [], next: index, left: 0 };
    calls.set(step.frame, call);
    const at = active.lastIndexOf(step.frame);
    for (const frame of at < 0 ? [] : active.splice(at + 1)) left(calls.get(frame), index - 1);
    if (at < 0) active.push(step.frame);
    if (step.kind === "call") call.next = index + 1;
    const statement = statementOf(step);
    if (statement === null) return;
    loops.push(...pass(call, statement));
    call.next = index + 1;
  });
  for (const frame of active) left(calls.get(frame), steps.length - 1);
  for (const { way, left: last } of calls.values()) end(way, last);
  return nested(loops.filter(({ begins }) => begins.length > 1));
}

function left(call: Call | undefined, last: number): void {
  if (call !== undefined) call.left = last;
}

function statementOf({ kind, span, bound }: Step): Statement | null {
  if (kind !== "statement" || span === null) return null;
  const { cell, line, column, end_line, end_column } = span;
  // The names of a head, with commas, are all of its span; an assignment has more.
  const names = bound.reduce((length, { name }) => length + name.length + 2, -2);
  const head = bound.length > 0 && line === end_line && end_column - column <= names;
  const indent = head ? column - "for ".length : column;
  return { place: (cell * 1e6 + line) * 1e4 + Math.min(column, 9999), indent, head };
}

/** Put a statement on the way of a call. Returns the loops that are new with it. */
function pass(call: Call, statement: Statement): Loop[] {
  const { way, next } = call;
  const back = way.findLastIndex(({ place }) => place < statement.place) + 1;
  const before = way[back];
  const own = statement.head ? [{ begins: [next], indent: statement.indent + 1, end: null }] : [];
  if (before === undefined) {
    end(way, next - 1, statement.indent);
    way.push({ ...statement, first: next, loops: own });
    return own;
  }
  const after = way.splice(back).slice(1);
  end(after, next - 1);
  // A head belongs to its own loop alone.
  const same = before.place === statement.place;
  if (!same && before.head) end([before], next - 1);
  const open = before.loops.filter((loop) => loop.end === null);
  const indent = Math.min(statement.indent, before.indent);
  const going = open.at(-1) ?? { begins: [before.first], indent, end: null };
  going.begins.push(next);
  going.indent = after.reduce((least, passed) => Math.min(least, passed.indent), going.indent);
  const made = open.length === 0 ? [going] : [];
  // Where a loop around it goes round, a head begins its own anew.
  const anew = same && before.loops.at(-1) === going ? [] : own;
  way.push({ ...statement, first: before.first, loops: [...open, ...made, ...anew] });
  return [...made, ...anew];
}

/** End loops that statements begin: those that have no room for what is so little indented, or else all. */
function end(way: readonly Passed[], last: number, indent = -1): void {
  for (const { loops } of way) for (const loop of loops) if (indent < loop.indent) loop.end ??= last;
}

/** The rounds of loops, each in as many loops as go on while it does. */
function nested(loops: readonly Loop[]): Round[] {
  const extents = loops.map(({ begins, end: last }) => ({ begins, first: begins[0] ?? 0, last: last ?? 0 }));
  const around: number[] = [];
  const found = extents
    .sort((one, other) => one.first - other.first || other.last - one.last)
    .flatMap(({ begins, first, last }) => {
      while (around.length > 0 && (around.at(-1) ?? 0) < first) around.pop();
      around.push(last);
      return begins.map((begin, at) => ({
        first: begin,
        last: (begins[at + 1] ?? last + 1) - 1,
        number: at + 1,
        count: begins.length,
        depth: around.length,
      }));
    });
  return found.sort((one, other) => one.first - other.first || one.depth - other.depth);
}

/** The innermost round that a step is in; null for none. */
export function roundAt(rounds: readonly Round[], index: number | null): Round | null {
  if (index === null) return null;
  return rounds.findLast(({ first, last }) => first <= index && index <= last) ?? null;
}
