/**
 * The timeline of an answer: what the program had at each of its steps.
 *
 * NOTE. A step is named by its place in `steps`, and stands for the time right after it. `null` is the end, where everything
 * is as the rest of the answer says. Each tensor and array carries its own history, so a moment is looked up and not replayed;
 * names alone are replayed. What flowed back to a tensor that is no leaf, and so never was in its `.grad`, is known from the
 * pass that it flowed in, and told apart (`kept`).
 */

import type { ArrayBody, RunResponse, StepBody, TensorBody, VersionBody } from "../api/schema.ts";
import type { Values } from "../values/bodies.ts";
import { type Frame, framesAfter } from "./names.ts";
import { functionSteps, type FunctionStep, gradientAt } from "./passes.ts";

/** A gradient of a tensor: in its `.grad` (`kept`), or on its way back through it. */
export interface Gradient {
  readonly values: Values;
  readonly kept: boolean;
  /** The step that brought it; null where the answer alone tells it. */
  readonly step: number | null;
}

/** A version of a tensor or array: its place in `history`, and the value that it is. */
export interface Version {
  readonly place: number;
  /** torch's version counter; null for an array. */
  readonly counter: number | null;
  readonly values: Values;
}

type Member = TensorBody | ArrayBody;

export class Timeline {
  readonly response: RunResponse;
  readonly functions: ReadonlyMap<number, FunctionStep>;
  readonly #members: ReadonlyMap<string, Member>;
  readonly #gradients: ReadonlyMap<string, readonly Received[]>;

  constructor(response: RunResponse) {
    this.response = response;
    this.functions = functionSteps(response);
    this.#members = new Map([...response.tensors, ...response.arrays].map((member) => [member.id, member]));
    this.#gradients = gradients(response, this.functions);
  }

  get length(): number {
    return this.response.steps.length;
  }

  /** The step at a place; null at the end. */
  at(place: number | null): StepBody | null {
    return place === null ? null : (this.response.steps[place] ?? null);
  }

  /** A tensor or array by its id. */
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
      return member.history.length === 0 ? { place: 0, counter: null, values: member.values } : null;
    return { place: at, counter: found.version, values: valuesOf(member, found) };
  }

  /** The version before that one; null for the first. */
  before(id: string, version: Version): Version | null {
    const member = this.#members.get(id);
    const found = member?.history[version.place - 1];
    if (member === undefined || found === undefined) return null;
    return { place: version.place - 1, counter: found.version, values: valuesOf(member, found) };
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

  /** What a step made or changed: ids of tensors and arrays, those whose gradient came among them. */
  changed(place: number | null): ReadonlySet<string> {
    const step = this.at(place);
    if (place === null || step === null) return new Set();
    const run = this.functions.get(place)?.run;
    const received = run?.accumulation?.tensor ?? run?.tensor ?? null;
    const cleared = this.response.tensors.filter(({ grad_changes }) =>
      grad_changes.some((change) => change.step === place),
    );
    const ids = [...step.changed, ...cleared].map(({ id }) => id);
    return new Set(received === null ? ids : [...ids, received]);
  }
}

function valuesOf(member: Member, version: VersionBody): Values {
  return version.values ?? member.values;
}

/** A gradient that a step brought to a tensor; null where the step took it away. */
interface Received {
  readonly step: number;
  readonly gradient: Gradient | null;
}

/** For each tensor, the gradients that passes brought to it and what the program then did to them, in order. */
function gradients(response: RunResponse, functions: ReadonlyMap<number, FunctionStep>): Map<string, Received[]> {
  const found = new Map<string, Received[]>();
  const take = (tensor: string, step: number, values: Values | null, kept: boolean): void => {
    const all = found.get(tensor) ?? [];
    all.push({ step, gradient: values === null ? null : { values, kept, step } });
    found.set(tensor, all);
  };
  for (const [step, { pass, run }] of functions) {
    const { accumulation } = run;
    const tensor = accumulation?.tensor ?? run.tensor;
    const values = gradientAt(pass, accumulation === null ? run.arrived[0] : accumulation.after);
    if (tensor !== null && values !== null) take(tensor, step, values, accumulation !== null);
  }
  for (const { id, grad_changes } of response.tensors) {
    for (const { step, values } of grad_changes) take(id, step, values, true);
    found.get(id)?.sort((one, other) => one.step - other.step);
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
