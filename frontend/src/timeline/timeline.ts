/**
 * The timeline of an answer: what the program had at each of its steps.
 *
 * NOTE. A step is named by its place in `steps`, and stands for the time right after it. `null` is the end, where everything
 * is as the rest of the answer says. Each tensor and array carries its own history, so a moment is looked up and not replayed;
 * names alone are replayed. What flowed back to a tensor that is no leaf, and so never was in its `.grad`, is known from the
 * pass that it flowed in, and told apart (`kept`).
 */

import type {
  ArrayBody,
  OperationBody,
  RelaidVersionBody,
  RunResponse,
  StepBody,
  TensorBody,
  VersionBody,
} from "../api/schema.ts";
import type { Values } from "../api/values.ts";
import { type Gradient, gradients, type Received } from "./gradients.ts";
import { type Frame, framesAfter } from "./frames.ts";
import { type PassExtent, extents, functionSteps, type FunctionStep } from "./passes.ts";
import { type Stop, stopsOf } from "./stops.ts";

/** A version of a tensor or array: its place in `history`, and the value that it is. */
export interface Version {
  readonly place: number;
  /** torch's version counter; null for an array. */
  readonly counter: number | null;
  readonly values: Values;
  /** The tensor or array with the shape, strides, dtype and storage that it had then. */
  readonly member: Member;
}

type Member = TensorBody | ArrayBody;

export class Timeline {
  readonly response: RunResponse;
  readonly functions: ReadonlyMap<number, FunctionStep>;
  readonly stops: readonly Stop[];
  readonly passes: readonly PassExtent[];
  readonly #members: ReadonlyMap<string, Member>;
  readonly #operations: ReadonlyMap<string, OperationBody>;
  readonly #made: ReadonlyMap<string, number>;
  readonly #gradients: ReadonlyMap<string, readonly Received[]>;
  /** What looked at each storage at any time. */
  readonly #onStorage: ReadonlyMap<string, readonly string[]>;
  readonly #laid = new WeakMap<VersionBody, Member>();
  #named: { readonly place: number | null; readonly names: ReadonlyMap<string, readonly string[]> } | null = null;

  constructor(response: RunResponse) {
    this.response = response;
    this.functions = functionSteps(response);
    this.stops = stopsOf(response);
    this.passes = extents(response, this.functions);
    this.#operations = new Map(response.operations.map((operation) => [operation.id, operation]));
    this.#made = madeAt(response.steps);
    this.#members = new Map([...response.tensors, ...response.arrays].map((member) => [member.id, member]));
    this.#onStorage = onStorages([...this.#members.values()]);
    this.#gradients = gradients(response, this.functions);
  }

  get length(): number {
    return this.response.steps.length;
  }

  /** The step at a place; null at the end. */
  at(place: number | null): StepBody | null {
    return place === null ? null : (this.response.steps[place] ?? null);
  }

  /** The number of the stop that a place is in; the end is the one after the last. */
  stopOf(place: number | null): number {
    if (place === null) return this.stops.length;
    let [low, high] = [0, this.stops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.stops[middle]?.place ?? Infinity) < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The place at which the stop that a place is in stands; null at the end, and for what is no place here. */
  settled(place: number | null): number | null {
    return place === null ? null : (this.stops[this.stopOf(Math.max(0, place))]?.place ?? null);
  }

  /** The steps that the stop at a place covers, each with its place. */
  covered(place: number | null): readonly (readonly [number, StepBody])[] {
    if (place === null) return [];
    const stop = this.stops[this.stopOf(place)];
    if (stop === undefined) return [];
    return this.response.steps.slice(stop.first, stop.place + 1).map((step, offset) => [stop.first + offset, step]);
  }

  /** The operation of a step, by its id. */
  operation(id: string | null): OperationBody | null {
    return id === null ? null : (this.#operations.get(id) ?? null);
  }

  /** The place of the step that made a tensor or ran an operation; null where none of the steps did. */
  madeAt(id: string): number | null {
    return this.#made.get(id) ?? null;
  }

  /**
   * What a person calls a tensor or array after a step: its names, or else the expression that made it. That of a parameter
   * is its module's, which has others too, and so it goes by the name that it will have.
   */
  nameOf(id: string, place: number | null): string | null {
    const member = this.#members.get(id);
    const parameter = member !== undefined && "is_parameter" in member && member.is_parameter ? member.names : [];
    const names = this.names(place).get(id) ?? parameter;
    if (names.length > 0) return names.join(" = ");
    const made = this.#made.get(id);
    return (made === undefined ? null : this.at(made)?.expression) ?? null;
  }

  /** The names of every tensor and array that has one after a step, in the frames that are active. */
  names(place: number | null): ReadonlyMap<string, readonly string[]> {
    if (this.#named !== null && this.#named.place === place) return this.#named.names;
    const names = new Map<string, string[]>();
    for (const { names: bound } of this.frames(place)) {
      for (const { name, value } of bound) {
        if (value === null) continue;
        const known = names.get(value);
        if (known === undefined) names.set(value, [name]);
        else if (!known.includes(name)) known.push(name);
      }
    }
    this.#nameParameters(names, place);
    this.#named = { place, names };
    return names;
  }

  /** A parameter is named by its module (`model.0.weight`), and so has its name since the module has one. */
  #nameParameters(names: Map<string, string[]>, place: number | null): void {
    const bound = new Set(this.frames(place)[0]?.names.map(({ name }) => name));
    for (const { id, is_parameter, names: own } of this.response.tensors) {
      if (!is_parameter || names.has(id) || this.version(id, place) === null) continue;
      const found = own.filter((name) => bound.has(name.split(/[.[]/, 1)[0] ?? ""));
      if (found.length > 0) names.set(id, found);
    }
  }

  /** A tensor or array by its id, as it is at the end. */
  member(id: string): Member | null {
    return this.#members.get(id) ?? null;
  }

  /** The version that a tensor or array has after a step; null where it does not exist yet, or is not known. */
  version(id: string, place: number | null): Version | null {
    const member = this.#members.get(id);
    if (member === undefined) return null;
    const last = member.history.length - 1;
    const at = place === null ? last : member.history.findLastIndex(({ step }) => step !== null && step <= place);
    const found = member.history[at];
    // A tensor without a history (one that no step made) has the value that it ends with.
    if (found === undefined)
      return member.history.length === 0 ? { place: 0, counter: null, values: member.values, member } : null;
    return this.#version(member, at, found);
  }

  /** The version before that one; null for the first. */
  before(id: string, version: Version): Version | null {
    const member = this.#members.get(id);
    const found = member?.history[version.place - 1];
    if (member === undefined || found === undefined) return null;
    return this.#version(member, version.place - 1, found);
  }

  #version(member: Member, place: number, version: VersionBody | RelaidVersionBody): Version {
    const values = version.values ?? member.values;
    if (!("layout" in version)) return { place, counter: version.version, values, member };
    const laid = this.#laid.get(version) ?? { ...member, ...version.layout };
    this.#laid.set(version, laid);
    return { place, counter: version.version, values, member: laid };
  }

  /** The tensors and arrays that look at a storage after a step. */
  onStorage(storage: string | null, place: number | null): readonly string[] {
    if (storage === null) return [];
    return (this.#onStorage.get(storage) ?? []).filter((id) => this.version(id, place)?.member.storage === storage);
  }

  /** The gradient that a tensor has after a step; null for none. */
  gradient(id: string, place: number | null): Gradient | null {
    const received = this.#gradients.get(id) ?? [];
    if (place !== null) return received.findLast(({ step }) => step <= place)?.gradient ?? null;
    const member = this.#members.get(id);
    const last = received.at(-1);
    if (member !== undefined && "grad" in member && member.grad !== null)
      return { values: member.grad, kept: true, step: last?.step ?? null };
    return last?.gradient?.kept === false ? last.gradient : null;
  }

  /** The frames of names after a step; at the end, none but the cells' is left, and `variables` tells it. */
  frames(place: number | null): readonly Frame[] {
    if (place !== null) return framesAfter(this.response.steps.slice(0, place + 1));
    const names = this.response.variables.map(({ name, type, text, tensor }) => ({
      name,
      type,
      text: tensor === null ? text : null,
      value: tensor ?? this.response.arrays.find((array) => array.names.includes(name))?.id ?? null,
    }));
    return [{ scope: "", frame: 0, names }];
  }

  /** What a stop made or changed: ids of tensors and arrays, those whose gradient came among them. */
  changed(place: number | null): ReadonlySet<string> {
    const found = new Set<string>(this.gradientChanges(place).map(({ tensor }) => tensor));
    for (const [at, step] of this.covered(place)) {
      for (const { id } of step.changed) found.add(id);
      const run = this.functions.get(at)?.run;
      const received = run?.accumulation?.tensor ?? run?.tensor ?? null;
      if (received !== null) found.add(received);
    }
    return found;
  }

  /** What a stop did itself to gradients of leaves, and no backward pass: null where it cleared one. */
  gradientChanges(place: number | null): readonly { readonly tensor: string; readonly values: Values | null }[] {
    const stop = place === null ? undefined : this.stops[this.stopOf(place)];
    if (stop === undefined) return [];
    return this.response.tensors.flatMap(({ id, grad_changes }) =>
      grad_changes
        .filter(({ step }) => step >= stop.first && step <= stop.place)
        .map(({ values }) => ({ tensor: id, values })),
    );
  }
}

/** Where each operation was run and each tensor first given. */
function madeAt(steps: readonly StepBody[]): Map<string, number> {
  const found = new Map<string, number>();
  steps.forEach((step, place) => {
    for (const id of step.kind === "operation" ? [step.id, ...step.outputs] : step.outputs)
      if (!found.has(id)) found.set(id, place);
  });
  return found;
}

function onStorages(members: readonly Member[]): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { id, storage, history } of members) {
    const all = [storage, ...history.map((version) => ("layout" in version ? version.layout.storage : null))];
    for (const one of new Set(all)) if (one !== null) found.set(one, [...(found.get(one) ?? []), id]);
  }
  return found;
}

const TIMELINES = new WeakMap<RunResponse, Timeline>();

/** The timeline of an answer, made once. */
export function timelineOf(response: RunResponse): Timeline {
  const known = TIMELINES.get(response);
  if (known !== undefined) return known;
  const made = new Timeline(response);
  TIMELINES.set(response, made);
  return made;
}
