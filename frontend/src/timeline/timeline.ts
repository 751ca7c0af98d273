/**
 * The timeline of an answer: what the program had at each of its steps.
 *
 * NOTE. A step is named by its index in `steps`, and means the time right after it. `null` means the end: everything is as the
 * rest of the answer says. Each tensor and array has its own history, so its version at a step is looked up, not replayed;
 * only names are replayed. A gradient that flowed to a tensor that is no leaf never was in its `.grad`: it is known from its
 * backward pass, and is not `kept`. Values that the answer deferred are looked up among those that have come since; when more
 * have come there is another timeline, which has all else in common with this one.
 */

import type {
  BackwardRecord,
  Layout,
  OperationRecord,
  RoleRecord,
  RunResponse,
  Step,
  TensorRecord,
  VersionRecord,
} from "../api/schema.ts";
import type { SentValues, Values } from "../api/values.ts";
import { type Arrived, known, NOTHING_ARRIVED } from "../run/arrived.ts";
import { type Derived, derivedOf, type Recorded } from "./derived.ts";
import type { Received } from "./gradients.ts";
import { type Frame, framesAfter } from "./frames.ts";
import type { FunctionStep, PassExtent } from "./passes.ts";
import type { Stop } from "./stops.ts";
import { isTensor, type Member, type TensorMember } from "./member.ts";

/** A version of a tensor or array: its index in `history`, its values, and its layout. */
export interface Version {
  readonly index: number;
  /** torch's version counter; null for an array. */
  readonly counter: number | null;
  readonly values: Values;
  /** The tensor or array with the layout that it had then, and what it was to autograd. */
  readonly member: Member;
}

/** A gradient of a tensor: in its `.grad` (`kept`), or on its way back through it. */
export interface Gradient {
  readonly values: Values;
  readonly kept: boolean;
  /** The step that brought it, by index; null if no step did. */
  readonly step: number | null;
}

export class Timeline {
  readonly response: RunResponse;
  readonly #arrived: Arrived;
  readonly #derived: Derived;
  /** Tensors as they were, by their roles and layouts. */
  readonly #then = new WeakMap<RoleRecord, WeakMap<Layout, TensorMember>>();
  /** The frames of functions in which the program stopped. */
  #inner: readonly Frame[] | null = null;
  #named: { readonly index: number; readonly names: ReadonlyMap<string, readonly string[]> } | null = null;

  constructor(response: RunResponse, arrived: Arrived = NOTHING_ARRIVED) {
    this.response = response;
    this.#arrived = arrived;
    this.#derived = derivedOf(response);
  }

  get functions(): ReadonlyMap<number, FunctionStep> {
    return this.#derived.functions;
  }

  get stops(): readonly Stop[] {
    return this.#derived.stops;
  }

  get passes(): readonly PassExtent[] {
    return this.#derived.passes;
  }

  get length(): number {
    return this.response.steps.length;
  }

  /** The step with an index; null at the end. */
  at(index: number | null): Step | null {
    return index === null ? null : (this.response.steps[index] ?? null);
  }

  /** Whether the program stopped before its end, by an error or a limit. Its last stop is the end then. */
  get stopped(): boolean {
    return this.response.steps.at(-1)?.kind === "error";
  }

  /** The stop of the end: one more than there are, unless the program stopped. */
  get end(): number {
    return this.stopped ? this.stops.length - 1 : this.stops.length;
  }

  /** The index of the stop that has a step; at the end, `end`. */
  stopOf(index: number | null): number {
    if (index === null) return this.end;
    let [low, high] = [0, this.stops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.stops[middle]?.last ?? Infinity) < index) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The last step of the stop that has a step; null at the end, and if there is no such step. */
  settled(index: number | null): number | null {
    if (index === null) return null;
    const stop = this.stopOf(Math.max(0, index));
    return stop >= this.end ? null : (this.stops[stop]?.last ?? null);
  }

  /** The steps of the stop that has a step, each with its index. */
  covered(index: number | null): readonly (readonly [number, Step])[] {
    if (index === null) return [];
    const stop = this.stops[this.stopOf(index)];
    if (stop === undefined) return [];
    return this.response.steps.slice(stop.first, stop.last + 1).map((step, offset) => [stop.first + offset, step]);
  }

  /** The operation of a step, by its id. */
  operation(id: string | null): OperationRecord | null {
    return id === null ? null : (this.#derived.operations.get(id) ?? null);
  }

  /** The index of the step that made a tensor or ran an operation; null if no step did. */
  madeAt(id: string): number | null {
    return this.#derived.made.get(id) ?? null;
  }

  /**
   * What a person calls a tensor or array after a step: its names, or else the expression that made it; null for neither. The
   * expression that makes a parameter makes a whole module, so a parameter without a name goes by the names that it will have.
   */
  nameOf(id: string, index: number | null): string | null {
    const member = this.memberAt(id, index);
    const parameter = member !== null && isTensor(member) ? (member.paths[0]?.names ?? []) : [];
    const own = this.namesOf(id, index);
    const names = own.length > 0 ? own : parameter;
    if (names.length > 0) return names.join(" = ");
    return this.at(this.madeAt(id))?.expression ?? null;
  }

  /** The names of a tensor or array after a step: in the active frames, and through modules (`model.weight`). */
  namesOf(id: string, index: number | null): readonly string[] {
    return (index === null ? this.#namesAtEnd(id) : this.#namesAt(index).get(id)) ?? [];
  }

  /** The names at the end. If the program stopped in functions of its own, their names are still there. */
  #namesAtEnd(id: string): readonly string[] | undefined {
    const own = this.#derived.members.get(id)?.names;
    if (!this.stopped || own === undefined) return own;
    this.#inner ??= framesAfter(this.response.steps).slice(1);
    const inner = this.#inner.flatMap(({ names }) => names.flatMap(({ name, value }) => (value === id ? [name] : [])));
    return inner.length === 0 ? own : [...new Set([...own, ...inner])];
  }

  #namesAt(index: number): ReadonlyMap<string, readonly string[]> {
    if (this.#named?.index === index) return this.#named.names;
    const names = new Map<string, string[]>();
    for (const { names: bound } of this.frames(index)) {
      for (const { name, value } of bound) {
        if (value === null) continue;
        const known = names.get(value);
        if (known === undefined) names.set(value, [name]);
        else if (!known.includes(name)) known.push(name);
      }
    }
    for (const { id, paths } of this.response.tensors) {
      const found = paths.findLast(({ step }) => step !== null && step <= index)?.names ?? [];
      if (found.length > 0) names.set(id, [...(names.get(id) ?? []), ...found]);
    }
    this.#named = { index, names };
    return names;
  }

  /** A tensor or array by its id, as it is at the end. */
  member(id: string): Member | null {
    const found = this.#derived.members.get(id);
    return found === undefined ? null : this.#at(found, null, null);
  }

  /** A tensor or array as it is after a step; as at the end, if it does not exist yet. */
  memberAt(id: string, index: number | null): Member | null {
    return this.version(id, index)?.member ?? this.member(id);
  }

  /** The version that a tensor or array has after a step; null if it does not exist yet, or is not known. */
  version(id: string, index: number | null): Version | null {
    const member = this.#derived.members.get(id);
    if (member === undefined) return null;
    const last = member.history.length - 1;
    const at = index === null ? last : member.history.findLastIndex(({ step }) => step !== null && step <= index);
    const found = member.history[at];
    // A tensor without a history (one that no step made) has the value that it ends with.
    if (found === undefined && member.history.length > 0) return null;
    return this.#version(member, at, found ?? null, index);
  }

  /** The version before that one; null for the first. */
  before(id: string, version: Version): Version | null {
    const member = this.#derived.members.get(id);
    const found = member?.history[version.index - 1];
    if (member === undefined || found === undefined) return null;
    return this.#version(member, version.index - 1, found, found.step);
  }

  #version(member: Recorded, index: number, version: VersionRecord | null, step: number | null): Version {
    return {
      index: Math.max(index, 0),
      counter: version?.version ?? null,
      values: this.known(version?.values ?? member.values),
      member: this.#at(member, version?.layout ?? null, step),
    };
  }

  /** A tensor as it was after a step, in this layout (null: that of the end). An array keeps the layout that it has. */
  #at(member: Recorded, layout: Layout | null, step: number | null): Member {
    if (!("roles" in member)) return member;
    const role = roleAt(member, step);
    const known = this.#then.get(role) ?? new WeakMap<Layout, TensorMember>();
    this.#then.set(role, known);
    const own = layout ?? member.layout;
    const found = known.get(own) ?? { ...member, layout: own, role };
    known.set(own, found);
    return found;
  }

  /** The tensors and arrays that use a storage after a step. */
  onStorage(storage: string | null, index: number | null): readonly string[] {
    if (storage === null) return [];
    return (this.#derived.onStorage.get(storage) ?? []).filter(
      (id) => this.version(id, index)?.member.layout.storage === storage,
    );
  }

  /** Values as they are known now. */
  known(sent: SentValues): Values {
    return known(sent, this.#arrived);
  }

  /** A gradient of a pass by its index in `gradients`; null if there is none. */
  gradientIn(pass: BackwardRecord | undefined, index: number | null | undefined): Values | null {
    const sent = index === null || index === undefined ? undefined : pass?.gradients[index];
    return sent === undefined ? null : this.known(sent);
  }

  /** The gradient that a tensor has after a step; null for none. */
  gradient(id: string, index: number | null): Gradient | null {
    const received = this.#derived.gradients.get(id) ?? [];
    if (index !== null) return this.#gradient(received.findLast(({ step }) => step <= index));
    const member = this.#derived.members.get(id);
    const last = received.at(-1);
    if (member !== undefined && "grad" in member && member.grad !== null)
      return { values: this.known(member.grad), kept: true, step: last?.step ?? null };
    return last?.kept === false ? this.#gradient(last) : null;
  }

  #gradient(received: Received | undefined): Gradient | null {
    if (received === undefined || received.values === null) return null;
    const { step, values, kept } = received;
    return { step, kept, values: this.known(values) };
  }

  /** The frames of names after a step. At the end `variables` lists those of the cells; others are left if the program stopped. */
  frames(index: number | null): readonly Frame[] {
    if (index !== null) return framesAfter(this.response.steps.slice(0, index + 1));
    const names = this.response.variables.map(({ name, type, text, tensor }) => ({
      name,
      type,
      text: tensor === null ? text : null,
      value: tensor ?? this.response.arrays.find((array) => array.names.includes(name))?.id ?? null,
    }));
    if (this.stopped) this.#inner ??= framesAfter(this.response.steps).slice(1);
    return [{ scope: "", frame: 0, names }, ...(this.#inner ?? [])];
  }

  /** What a stop made or changed: ids of tensors and arrays, those whose gradient came among them. */
  changed(index: number | null): ReadonlySet<string> {
    const found = new Set<string>(this.gradientChanges(index).map(({ tensor }) => tensor));
    for (const [at, step] of this.covered(index)) {
      for (const { id } of step.changed) found.add(id);
      const run = this.functions.get(at)?.run;
      const received = run?.accumulation?.tensor ?? run?.tensor ?? null;
      if (received !== null) found.add(received);
    }
    return found;
  }

  /** What the program did to gradients of leaves at a stop, outside a backward pass. `values` is null if it cleared one. */
  gradientChanges(index: number | null): readonly { readonly tensor: string; readonly values: Values | null }[] {
    const stop = index === null ? undefined : this.stops[this.stopOf(index)];
    if (stop === undefined) return [];
    return this.response.tensors.flatMap(({ id, grad_changes }) =>
      grad_changes
        .filter(({ step }) => step >= stop.first && step <= stop.last)
        .map(({ values }) => ({ tensor: id, values: values === null ? null : this.known(values) })),
    );
  }
}

/** What a tensor is to autograd after a step (null: at the end); before it exists, what it is at first. */
export function roleAt({ roles }: TensorRecord, index: number | null): RoleRecord {
  const found =
    index === null ? roles.at(-1) : (roles.findLast(({ step }) => step !== null && step <= index) ?? roles[0]);
  // The service checks that there is one.
  if (found === undefined) throw new RangeError("a tensor without a role");
  return found;
}

const TIMELINES = new WeakMap<RunResponse, WeakMap<Arrived, Timeline>>();

/** The timeline of an answer with the values that have come after it, made once. */
export function timelineOf(response: RunResponse, arrived = NOTHING_ARRIVED): Timeline {
  const made = TIMELINES.get(response) ?? new WeakMap<Arrived, Timeline>();
  TIMELINES.set(response, made);
  const timeline = made.get(arrived) ?? new Timeline(response, arrived);
  made.set(arrived, timeline);
  return timeline;
}

/** Whether a timeline is of another run. Values that come and graphs that are drawn later make a timeline of the same run. */
export function isOtherRun(before: Timeline | null | undefined, now: Timeline | null): boolean {
  return before?.response.id !== now?.response.id;
}
