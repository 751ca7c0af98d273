/** What a stop did, in a sentence or two, with code between backticks. */

import type { Strings } from "../i18n/index.ts";
import type { OperationRecord, Step } from "../api/schema.ts";
import { code } from "../ui/text/prose.ts";
import { visible } from "../ui/text/visible.ts";
import { brief, isBrief, shapeOfValues } from "../numbers/brief.ts";
import { shapeText } from "../numbers/grid.ts";
import type { Values } from "../api/values.ts";
import { arrivals, flows, termsOf } from "../timeline/flows.ts";
import { sourceText } from "../timeline/operations.ts";
import { difference, isWritten, laidBy, type Relaid, relaid, relaidIn } from "../timeline/layouts.ts";
import { outputs, stopping } from "./endings.ts";
import { type FunctionStep, gradientAt } from "../timeline/passes.ts";
import type { Stop } from "../timeline/stops.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { isTensor, requiresGrad } from "../timeline/member.ts";

type Said = Strings["said"];

/** A sentence names so many tensors whose layout changed. */
const FEW = 3;

/** A sentence about the stop that has a step (null: the end). */
export function sentence(timeline: Timeline, index: number | null, said: Said, cells: readonly string[] = []): string {
  const stop = timeline.stops[timeline.stopOf(index)];
  const step = timeline.at(stop?.step ?? null);
  if (stop === undefined || step === null) return said.end;
  if (step.kind === "error")
    return said.joined([...outputs(timeline, stop, cells, said), stopping(timeline, step, said)]);
  const ran = timeline.functions.get(stop.step);
  const main = ran === undefined ? ofStep(timeline, stop.step, step, said) : ofFunction(timeline, stop.step, ran, said);
  const changes = timeline.gradientChanges(index).map(({ tensor, values }) => {
    const owner = code(`${name(timeline, tensor, stop.last, said)}.grad`);
    return values === null ? said.cleared(owner) : said.gradientNow(owner, amount(values, said));
  });
  const all = [
    ...main,
    ...layouts(timeline, stop, said),
    ...bindings(timeline, stop, step, said),
    ...changes,
    ...outputs(timeline, stop, cells, said),
  ];
  return said.joined(all.length === 0 ? [said.nothing] : all);
}

/** The tensors whose layout the stop changed. */
function layouts(timeline: Timeline, { last: index }: Stop, said: Said): string[] {
  const known = ({ id }: Relaid): boolean => timeline.nameOf(id, index) !== null;
  return relaidIn(timeline, timeline.covered(index))
    .filter(known)
    .slice(0, FEW)
    .map((change) => {
      const { kind, from, to } = difference(change);
      return said.relaid[kind](called(timeline, change.id, index, said), from, to);
    });
}

function ofStep(timeline: Timeline, index: number, step: Step, said: Said): string[] {
  switch (step.kind) {
    case "operation": {
      const operation = timeline.operation(step.id);
      return operation === null ? [said.ran(what(step))] : ofOperation(timeline, index, step, operation, said);
    }
    case "backward":
      return [ofPass(timeline, step, said)];
    case "call":
      return [said.called(code(visible(step.scope)))];
    case "statement":
      return ofStatement(timeline, index, step, said);
    case "function":
      return [said.ranUnknown];
    case "error":
      return [stopping(timeline, step, said)];
  }
}

function ofOperation(timeline: Timeline, index: number, step: Step, operation: OperationRecord, said: Said): string[] {
  const pass = timeline.passes.find(({ last }) => last === index - 1)?.pass;
  if (pass !== undefined) {
    const received = pass.runs.flatMap(({ accumulation }) => accumulation?.tensor ?? []);
    const names = [...new Set(received)].map((id) => code(`${name(timeline, id, index, said)}.grad`));
    return [said.passDone(what(step), pass.runs.length, said.list(names), names.length)];
  }
  if (laidBy(timeline, operation) !== null) return [said.ran(code(sourceText(step))), ...ticked(operation, said)];
  if (operation.writes.length > 0) return written(timeline, index, step, operation, said);
  const sentences = operation.outputs.map((id, output) => {
    const shape = shapeText(operation.output_shapes[output] ?? []);
    const memory = operation.memory[output];
    if (memory?.kind === "view")
      return said.view(
        what(step),
        said.tensor(shape),
        memory.of === null ? null : called(timeline, memory.of, index, said),
      );
    if (memory?.kind === "same") return said.same(what(step), called(timeline, id, index, said));
    return said.made(what(step), said.tensor(shape));
  });
  const main = sentences.length === 0 ? [said.read(what(step))] : sentences.slice(0, 1);
  return [...main, ...stretched(timeline, index, operation, said), ...followsFrom(timeline, index, operation, said)];
}

/** What broadcasting means for the gradients of the inputs that it stretched; how it did so is shown beside the sentence. */
function stretched(timeline: Timeline, index: number, operation: OperationRecord, said: Said): string[] {
  if (operation.recorded !== true) return [];
  return operation.broadcast.slice(0, FEW).flatMap(({ input, stretched: repeated, added }) => {
    const id = operation.inputs[input] ?? "";
    const member = timeline.memberAt(id, index);
    if (member === null || !requiresGrad(member)) return [];
    return [
      said.summedBack(called(timeline, id, index, said), [...added, ...repeated].sort((a, b) => a - b).map(String)),
    ];
  });
}

/** What it means for gradients that an operation left the graph, or was not recorded. */
function followsFrom(timeline: Timeline, index: number, operation: OperationRecord, said: Said): string[] {
  const [source] = operation.inputs;
  const from = source === undefined ? null : called(timeline, source, index, said);
  if (from !== null && /\.detach_?$/.test(operation.name)) return [said.detached(from)];
  if (from !== null && operation.name === "torch.Tensor.data") return [said.hidden(from)];
  return operation.recorded === false && operation.outputs.length > 0 ? [said.unrecorded] : [];
}

function written(timeline: Timeline, index: number, step: Step, operation: OperationRecord, said: Said): string[] {
  const [first] = operation.writes;
  const member = first === undefined ? null : timeline.memberAt(first.tensor, index);
  const count = member === null ? null : member.layout.shape.reduce((product, size) => product * size, 1);
  const seen = step.changed
    .map(({ id }) => id)
    .filter((id) => timeline.namesOf(id, index).length > 0 && (id === first?.tensor || differs(timeline, id, index)));
  // What has no name is named by the expression that made it, and that may be this very one.
  const own =
    first === undefined || timeline.namesOf(first.tensor, index).length > 0 ? null : timeline.madeAt(first.tensor);
  const target = first === undefined || own === index ? null : called(timeline, first.tensor, index, said);
  // A write by an index need not reach all elements, and the trace does not say how many it reached.
  const part = /__setitem__|index_put|copy_$|masked|scatter/.test(operation.name) ? null : count;
  return [
    said.written(code(sourceText(step)), part, target),
    ...(seen.length > 1
      ? [said.seen(said.list(seen.map((id) => called(timeline, id, index, said))), seen.length)]
      : []),
    ...ticked(operation, said),
  ];
}

function ticked({ writes: [first] }: OperationRecord, said: Said): string[] {
  if (first === undefined || first.before === null || first.after === null || first.before === first.after) return [];
  return [said.ticked(first.before, first.after)];
}

/** Whether a step changed the values of a tensor, as far as they are known. */
function differs(timeline: Timeline, id: string, index: number): boolean {
  const now = timeline.version(id, index);
  return now === null || isWritten(timeline.before(id, now), now);
}

function ofPass(timeline: Timeline, step: Step, said: Said): string {
  const pass = timeline.response.backwards.find(({ id }) => id === step.id);
  if (pass === undefined) return said.ranUnknown;
  const [root] = pass.roots;
  const start = root === undefined ? null : gradientAt(pass, root.gradient);
  const from = root === undefined ? "" : code(visible(root.name || (root.tensor ?? "")));
  const begun = start === null ? said.gradient("1") : gradient(start, said);
  return said.passBegins(code(visible(pass.expression ?? pass.kind)), from, begun);
}

function ofStatement(timeline: Timeline, index: number, step: Step, said: Said): string[] {
  const written = step.changed
    .filter(({ id, version }) => version > 0 && relaid(timeline, id, index) === null)
    .map(({ id }) => id);
  const names = written
    .filter((id) => timeline.namesOf(id, index).length > 0)
    .map((id) => called(timeline, id, index, said));
  if (written.length > 0)
    return [said.wrote, ...(names.length > 0 ? [said.seenBy(said.list(names), names.length)] : [])];
  return [];
}

function ofFunction(timeline: Timeline, index: number, ran: FunctionStep, said: Said): string[] {
  const { pass, run } = ran;
  const hooks = run.hooks.map(({ name: hook, before, after }) => {
    const [from, to] = [gradientAt(pass, before[0]), gradientAt(pass, after[0])];
    const called = code(visible(hook));
    if (from === null || to === null) return said.hookRan(called);
    return before[0] === after[0]
      ? said.hookLeft(called)
      : said.hookChanged(called, amount(from, said), amount(to, said));
  });
  if (run.accumulation !== null) {
    const { tensor, before, added, after } = run.accumulation;
    const [was, more, now] = [before, added, after].map((at) => gradientAt(pass, at));
    const shape = tensor === null ? null : (timeline.memberAt(tensor, index)?.layout.shape ?? null);
    const owner = code(`${tensor === null ? said.leaf : name(timeline, tensor, index, said)}.grad`);
    if (more === null || more === undefined || now === null || now === undefined)
      return [...hooks, said.received(owner)];
    const told = was === null || was === undefined ? null : amount(was, said, shape);
    return [
      ...hooks,
      said.accumulated(owner, told, amount(more, said, shape), isBrief(now) ? brief(now) : null),
      ...summed(timeline, ran, more, said),
    ];
  }
  const arrived = arrivals(ran)[0];
  const sent = flows(timeline, ran).map(({ tensor, sent: values }) =>
    said.sent(amount(values, said), tensor === null ? null : called(timeline, tensor, index, said)),
  );
  const made = timeline.at(timeline.madeAt(run.operation ?? ""));
  const of = made === null ? null : what(made);
  return [
    ...hooks,
    said.ranFunction(code(visible(run.name)), of),
    ...(arrived === undefined
      ? []
      : [said.flowed(gradient(arrived, said), sent), ...summed(timeline, ran, arrived, said)]),
  ];
}

/** The terms of a gradient that came along several ways. A hook may have changed their sum, of which nothing is said then. */
function summed(timeline: Timeline, ran: FunctionStep, total: Values, said: Said): string[] {
  const terms = termsOf(ran);
  if (terms.length < 2 || ran.run.hooks.some(({ kind }) => kind === "tensor" || kind === "prehook")) return [];
  const sources = [...new Set(terms.map(({ operation }) => operation ?? ""))].flatMap((operation) => {
    const step = timeline.at(timeline.madeAt(operation));
    return step === null ? [] : [what(step)];
  });
  const short = isBrief(total) && terms.length <= FEW && terms.every(({ values }) => isBrief(values));
  const sum = short
    ? said.sum(
        brief(total),
        terms.map(({ values }) => brief(values)),
      )
    : null;
  return [said.ways(terms.length, said.list(sources.slice(0, FEW)), sum)];
}

/** A gradient in words. A shape is not its value. */
function gradient(values: Values, said: Said): string {
  return isBrief(values) ? said.gradient(brief(values)) : said.gradientOfShape(shapeOfValues(values));
}

/** A gradient where a value is expected: its value, or else that it has such a shape. */
function amount(values: Values, said: Said, shape: readonly number[] | null = null): string {
  return isBrief(values) ? brief(values) : said.oneOfShape(shapeOfValues(values, shape));
}

function bindings(timeline: Timeline, { first, last: index }: Stop, main: Step, said: Said): string[] {
  const steps = timeline.covered(index).map(([, step]) => step);
  const wasNamed = (id: string, name: string): boolean => first > 0 && timeline.namesOf(id, first - 1).includes(name);
  // A write in place binds a name again to what it names.
  const bound = steps
    .flatMap((step) => step.bound)
    .filter(({ name: own, value }) => value === null || !wasNamed(value, own) || main.kind === "call");
  const tensors = bound.filter(({ value }) => value !== null);
  const others = bound.filter(({ value }) => value === null);
  const made = new Set(main.outputs);
  return [
    ...(main.kind === "call"
      ? tensors.map(({ name: own, value }) => said.argument(code(visible(own)), thing(timeline, value, index, said)))
      : tensors.map(({ name: own, value }) =>
          made.has(value ?? "")
            ? said.named(code(visible(own)))
            : said.names(code(visible(own)), thing(timeline, value, index, said)),
        )),
    ...others.map(({ name: own, text, type }) =>
      text === null
        ? said.kind(code(visible(own)), code(visible(type)))
        : said.set(code(visible(own)), code(visible(text))),
    ),
    ...steps.flatMap((step) => step.unbound).map((own) => said.deleted(code(visible(own)))),
  ];
}

/** A tensor or a NumPy array, in words. */
function thing(timeline: Timeline, id: string | null, index: number, said: Said): string {
  const member = timeline.memberAt(id ?? "", index);
  const shape = shapeText(member?.layout.shape ?? []);
  return member === null || isTensor(member) ? said.tensor(shape) : said.array(shape);
}

function what(step: Step): string {
  return code(sourceText(step));
}

function called(timeline: Timeline, id: string, index: number, said: Said): string {
  const found = timeline.nameOf(id, index);
  return found === null ? said.unnamed : code(visible(found));
}

function name(timeline: Timeline, id: string, index: number, said: Said): string {
  return visible(timeline.nameOf(id, index) ?? said.leaf);
}
