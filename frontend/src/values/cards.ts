/** What the card of a tensor or array shows at a step. */

import type { StorageRecord } from "../api/schema.ts";
import { source } from "../api/source.ts";
import type { Holding } from "../timeline/holdings.ts";
import type { Gradient, Timeline } from "../timeline/timeline.ts";
import type { Values } from "../api/values.ts";
import { isAwaited } from "../run/arrived.ts";
import { changedElements, changedSince } from "../timeline/changes.ts";
import type { Subject } from "./heat-map/loader.ts";
import { isTensor, type Member } from "../timeline/member.ts";

/** A tensor or array that another one is related to, by what a person calls it. */
export interface Relative {
  readonly id: string;
  readonly name: string;
}

/** A tensor's own values, its `.grad`, or the gradient that passed through it. */
export interface Layer {
  readonly kind: "value" | "gradient" | "passing";
  readonly values: Values;
  /** The elements that the step changed, by their row-major index. */
  readonly changed: ReadonlySet<number>;
  /** Values of the same tensor that the awaited ones will look much like; null for none. */
  readonly like: Values | null;
  /** What to ask the service for if the values are only summarised; null if it cannot answer. */
  readonly subject: Subject | null;
}

/** Values on their own: no step changed them, and the service has nothing to add. */
export function alone(values: Values, kind: Layer["kind"] = "value"): Layer {
  return { kind, values, changed: new Set(), like: null, subject: null };
}

export interface Card {
  readonly id: string;
  readonly names: readonly string[];
  readonly member: Member;
  readonly version: number | null;
  /** Whether the step made it, changed it, or brought it a gradient. */
  readonly changed: boolean;
  /** Its own values, then its gradient if it has one. */
  readonly layers: readonly Layer[];
  readonly storage: StorageRecord | null;
  /** The named tensors and arrays that share its memory. */
  readonly sharing: readonly Relative[];
  readonly base: Relative | null;
}

/** The card of a holding. `cells` is the program, which is run again for what the answer only summarises. */
export function cardOf(timeline: Timeline, step: number | null, holding: Holding, cells: readonly string[]): Card {
  const { response } = timeline;
  const { id, names, member, version } = holding;
  const storage = response.storages.find(({ id: storageId }) => storageId === member.layout.storage) ?? null;
  const base = baseOf(timeline, step, member);
  const own: Layer = {
    kind: "value",
    values: version.values,
    changed: changedSince(holding.before, version),
    like: like(version.values, timeline.version(id, null)?.values, member, timeline.member(id)),
    subject: asked(version.values, cells, id, false, since(holding)),
  };
  const gradient = gradientOf(timeline, step, holding, cells);
  const sharing = timeline.onStorage(member.layout.storage, step).filter((other) => other !== id && other !== base?.id);
  return {
    id,
    names,
    member,
    version: version.counter,
    changed: holding.changed,
    layers: gradient === null ? [own] : [own, gradient],
    storage,
    sharing: sharing.flatMap((other): Relative[] => {
      const name = timeline.namesOf(other, step).join(" = ");
      return name === "" ? [] : [{ id: other, name }];
    }),
    base,
  };
}

/** The values that a tensor ends with, if those of a step are awaited and the shape is still the same. */
function like(values: Values, last: Values | undefined, then: Member, end: Member | null): Values | null {
  return isAwaited(values) && then.layout.shape.join() === end?.layout.shape.join() ? (last ?? null) : null;
}

/** A step at which it has this value, by index; null for the end, undefined if it has it at no step. */
function since({ member, version }: Holding): number | null | undefined {
  if (version.index + 1 >= member.history.length) return null;
  return member.history[version.index]?.step ?? undefined;
}

function gradientOf(timeline: Timeline, step: number | null, holding: Holding, cells: readonly string[]): Layer | null {
  const { id, member, gradient } = holding;
  if (gradient === null) return null;
  const before = step === null ? null : timeline.gradient(id, step - 1);
  const brought = gradient.step !== null && gradient.step === step;
  return {
    kind: gradient.kept ? "gradient" : "passing",
    values: gradient.values,
    changed:
      brought && before !== null ? changedElements(before.values, gradient.values, member.layout.shape) : new Set(),
    like: like(gradient.values, timeline.gradient(id, null)?.values, member, timeline.member(id)),
    subject: atEnd(gradient, timeline.gradient(id, null)) ? asked(gradient.values, cells, id, true, null) : null,
  };
}

/** Whether a gradient is still the one in `.grad` at the end, which alone can be asked for. */
function atEnd(gradient: Gradient, last: Gradient | null): boolean {
  return gradient.kept && last?.kept === true && gradient.step === last.step;
}

/** What to ask for the elements of values that are only summarised; `step` undefined: they cannot be had. */
function asked(
  values: Values,
  cells: readonly string[],
  subject: string,
  gradient: boolean,
  step: number | null | undefined,
): Subject | null {
  if (values.kind !== "summary" || step === undefined || cells.length === 0 || source().window === null) return null;
  return { cells: [...cells], subject, gradient, step };
}

/** The tensor that a view was taken of; torch itself knows only the one at the root of all such views. */
function baseOf(timeline: Timeline, step: number | null, member: Member): Relative | null {
  if (!isTensor(member) || member.view_of === null) return null;
  const made = timeline.operation(timeline.at(timeline.madeAt(member.id))?.ref ?? null);
  const memory = made?.memory[made.outputs.indexOf(member.id)];
  const id = memory?.kind === "view" && memory.of !== null ? memory.of : member.view_of;
  return { id, name: timeline.nameOf(id, step) ?? "" };
}
