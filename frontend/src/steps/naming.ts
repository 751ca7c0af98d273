/** What sentences call steps, tensors and gradients. */

import type { Strings } from "../i18n/index.ts";
import type { OperationRecord, Step } from "../api/schema.ts";
import type { Values } from "../api/values.ts";
import { brief, isBrief, ownShape, shapeOfValues, uniform } from "../numbers/brief.ts";
import { shapeText } from "../numbers/grid.ts";
import { isTensor } from "../timeline/member.ts";
import { sourceText } from "../timeline/operations.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { code } from "../ui/text/prose.ts";
import { visible } from "../ui/text/visible.ts";

type Said = Strings["said"];
type Shape = readonly number[] | null;

/** What a step did: its source. One call of the program can run many modules (`model(X)`), so the module is named as well. */
export function what(timeline: Timeline, step: Step, said: Said): string {
  const source = code(sourceText(step));
  const path = moduleWithin(timeline, timeline.operation(step.ref));
  return path === null ? source : said.inModule(code(visible(path)), source);
}

/**
 * A tensor by its names, or else by what made it. `beside` is a step that the same sentence names: one call can make several
 * tensors (`sum(list)`), and they do not share a name.
 */
export function called(
  timeline: Timeline,
  id: string,
  index: number,
  said: Said,
  beside: Step | null | undefined = null,
): string {
  const found = timeline.nameOf(id, index);
  const made = timeline.at(timeline.madeAt(id));
  if (found === null) return said.unnamed;
  if (made?.expression !== found) return code(visible(found));
  const operation = timeline.operation(made.ref);
  const path = moduleWithin(timeline, operation);
  if (path !== null) return said.outputOf(code(visible(path)));
  return beside?.expression === found && beside.ref !== made.ref
    ? said.earlier(code(visible(found)))
    : code(visible(found));
}

/** The owner of a `.grad`, as code without the backticks. */
export function ownerName(timeline: Timeline, id: string, index: number, said: Said): string {
  return visible(timeline.nameOf(id, index) ?? said.leaf);
}

/** A tensor or a NumPy array, in words, with what else it is called. */
export function thing(timeline: Timeline, id: string | null, index: number, said: Said, own: string): string {
  const member = timeline.memberAt(id ?? "", index);
  const shape = shapeText(member?.layout.shape ?? []);
  const text = member === null || isTensor(member) ? said.tensor(shape) : said.array(shape);
  const others = timeline.namesOf(id ?? "", index).filter((name) => name !== own);
  return others.length === 0 ? text : said.also(text, said.list(others.map((name) => code(visible(name)))));
}

/** The shape of a tensor at a step, by which complex numbers are told from pairs; null if it is not known. */
export function shapeAt(timeline: Timeline, id: string | null, index: number): Shape {
  return id === null ? null : (timeline.memberAt(id, index)?.layout.shape ?? null);
}

/** A gradient in words. A shape is not its value, and one number is not the value of many elements. */
export function gradient(values: Values, said: Said, shape: Shape = null): string {
  if (!isBrief(values, shape)) return said.gradientOfShape(shapeOfValues(values, shape));
  return isUniform(values, shape) ? said.gradientOfAll(brief(values, shape)) : said.gradient(listed(values, shape));
}

/** A gradient where a value is expected: its value, or else that it has such a shape. */
export function amount(values: Values, said: Said, shape: Shape = null): string {
  if (!isBrief(values, shape)) return said.oneOfShape(shapeOfValues(values, shape));
  return isUniform(values, shape) ? said.all(brief(values, shape)) : listed(values, shape);
}

/** The elements if they are few, also if they are all equal. */
export function listed(values: Values, shape: Shape = null): string {
  return brief(values, shape, true);
}

/** Whether values are many, and all equal: too many for a list. */
function isUniform(values: Values, shape: Shape): boolean {
  if (values.kind !== "full" || uniform(values, shape) === null) return false;
  const count = ownShape(values.data, shape).reduce((product, size) => product * size, 1);
  return count > 1 && !listed(values, shape).startsWith("[");
}

/**
 * The module that an operation was called in by torch's own code: a part of a container that the program calls. An operation
 * that the program writes itself in `forward` is named well by its source, and so is the call of the module itself.
 */
function moduleWithin(timeline: Timeline, operation: OperationRecord | null): string | null {
  const path = operation?.module?.path ?? null;
  const parent = timeline.operation(operation?.parent ?? null);
  if (operation === null || path === null || parent?.module?.path !== path) return null;
  const callee = /(\w+)\s*$/.exec((operation.expression ?? "").split("(", 1)[0] ?? "")?.[1];
  return callee === undefined || callee === path.split(".").at(-1) ? null : path;
}
