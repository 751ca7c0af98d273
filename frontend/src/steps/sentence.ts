/** What a stop did, in a sentence or two, with code between backticks. */

import type { Strings } from "../i18n/index.ts";
import type { ArrayBody, OperationBody, StepBody, TensorBody } from "../api/schema.ts";
import { code } from "../ui/text/prose.ts";
import { visible } from "../ui/text/visible.ts";
import { brief } from "../numbers/brief.ts";
import { shapeText } from "../numbers/grid.ts";
import { arrivals, flows } from "../timeline/flows.ts";
import { sourceText } from "../timeline/moment.ts";
import { difference, isWritten, laidBy, type Relaid, relaid, relaidIn } from "../timeline/layouts.ts";
import { type FunctionStep, gradientAt } from "../timeline/passes.ts";
import type { Stop } from "../timeline/stops.ts";
import type { Timeline } from "../timeline/timeline.ts";

type Said = Strings["said"];

/** So many tensors that one step laid out anew are told. */
const FEW = 3;

/** Words for the stop at a place (null: the end). */
export function sentence(timeline: Timeline, place: number | null, said: Said): string {
  const stop = place === null ? undefined : timeline.stops[timeline.stopOf(place)];
  const step = timeline.at(stop?.step ?? null);
  if (stop === undefined || step === null) return said.end;
  const ran = timeline.functions.get(stop.step);
  const main = ran === undefined ? ofStep(timeline, stop.step, step, said) : ofFunction(timeline, stop.step, ran, said);
  const changes = timeline.gradientChanges(place).map(({ tensor, values }) => {
    const owner = code(`${name(timeline, tensor, stop.place, said)}.grad`);
    return values === null ? said.cleared(owner) : said.gradientNow(owner, brief(values));
  });
  const all = [...main, ...layouts(timeline, stop, said), ...bindings(timeline, stop, step, said), ...changes];
  return said.joined(all.length === 0 ? [said.nothing] : all);
}

/** How tensors lie that the stop laid out anew. */
function layouts(timeline: Timeline, { place }: Stop, said: Said): string[] {
  const known = ({ id }: Relaid): boolean => timeline.nameOf(id, place) !== null;
  return relaidIn(timeline, timeline.covered(place))
    .filter(known)
    .slice(0, FEW)
    .map((one) => {
      const { kind, from, to } = difference(one);
      return said.relaid[kind](called(timeline, one.id, place, said), from, to);
    });
}

function ofStep(timeline: Timeline, place: number, step: StepBody, said: Said): string[] {
  switch (step.kind) {
    case "operation": {
      const operation = timeline.operation(step.id);
      return operation === null ? [said.ran(what(step))] : ofOperation(timeline, place, step, operation, said);
    }
    case "backward":
      return [ofPass(timeline, step, said)];
    case "call":
      return [said.called(code(visible(step.scope)))];
    case "statement":
      return ofStatement(timeline, place, step, said);
    case "function":
      return [said.ranUnknown];
  }
}

function ofOperation(
  timeline: Timeline,
  place: number,
  step: StepBody,
  operation: OperationBody,
  said: Said,
): string[] {
  const pass = timeline.passes.find(({ last }) => last === place - 1)?.pass;
  if (pass !== undefined) {
    const received = pass.runs.flatMap(({ accumulation }) => accumulation?.tensor ?? []);
    const names = [...new Set(received)].map((id) => code(`${name(timeline, id, place, said)}.grad`));
    return [said.passDone(what(step), pass.runs.length, said.list(names), names.length)];
  }
  if (laidBy(timeline, operation) !== null) return [said.ran(code(sourceText(step))), ...ticked(operation, said)];
  if (operation.writes.length > 0) return written(timeline, place, step, operation, said);
  const sentences = operation.outputs.map((id, output) => {
    const shape = shapeText(operation.output_shapes[output] ?? []);
    const memory = operation.memory[output];
    if (memory?.kind === "view")
      return said.view(
        what(step),
        said.tensor(shape),
        memory.of === null ? null : called(timeline, memory.of, place, said),
      );
    if (memory?.kind === "same") return said.same(what(step), called(timeline, id, place, said));
    return said.made(what(step), said.tensor(shape));
  });
  return sentences.length === 0 ? [said.read(what(step))] : sentences.slice(0, 1);
}

function written(timeline: Timeline, place: number, step: StepBody, operation: OperationBody, said: Said): string[] {
  const [first] = operation.writes;
  const member = first === undefined ? null : memberAt(timeline, first.tensor, place);
  const count = member === null ? null : member.shape.reduce((product, size) => product * size, 1);
  const seen = step.changed
    .map(({ id }) => id)
    .filter((id) => timeline.names(place).has(id) && (id === first?.tensor || differs(timeline, id, place)));
  // What has no name is named by the expression that made it, and that may be this very one.
  const own = first === undefined || timeline.names(place).has(first.tensor) ? null : timeline.madeAt(first.tensor);
  const target = first === undefined || own === place ? null : called(timeline, first.tensor, place, said);
  // Which of its elements were written is known where not all need be: by an index, the part is not told.
  const part = /__setitem__|index_put|copy_$|masked|scatter/.test(operation.name) ? null : count;
  return [
    said.written(code(sourceText(step)), part, target),
    ...(seen.length > 1
      ? [said.seen(said.list(seen.map((id) => called(timeline, id, place, said))), seen.length)]
      : []),
    ...ticked(operation, said),
  ];
}

function ticked({ writes: [first] }: OperationBody, said: Said): string[] {
  if (first === undefined || first.before === null || first.after === null || first.before === first.after) return [];
  return [said.ticked(first.before, first.after)];
}

/** Whether a step gave a tensor other values, as far as they are known. */
function differs(timeline: Timeline, id: string, place: number): boolean {
  const now = timeline.version(id, place);
  return now === null || isWritten(timeline.before(id, now), now);
}

/** A tensor or array as it lies after a step. */
function memberAt(timeline: Timeline, id: string, place: number): TensorBody | ArrayBody | null {
  return timeline.version(id, place)?.member ?? timeline.member(id);
}

function ofPass(timeline: Timeline, step: StepBody, said: Said): string {
  const pass = timeline.response.backwards.find(({ id }) => id === step.id);
  if (pass === undefined) return said.ranUnknown;
  const [root] = pass.roots;
  const gradient = root === undefined ? null : gradientAt(pass, root.gradient);
  const from = root === undefined ? "" : code(visible(root.name || (root.tensor ?? "")));
  return said.passBegins(code(visible(pass.expression ?? pass.kind)), from, gradient === null ? "1" : brief(gradient));
}

function ofStatement(timeline: Timeline, place: number, step: StepBody, said: Said): string[] {
  const written = step.changed
    .filter(({ id, version }) => version > 0 && relaid(timeline, id, place) === null)
    .map(({ id }) => id);
  const names = written.filter((id) => timeline.names(place).has(id)).map((id) => called(timeline, id, place, said));
  if (written.length > 0)
    return [said.wrote, ...(names.length > 0 ? [said.seenBy(said.list(names), names.length)] : [])];
  return [];
}

function ofFunction(timeline: Timeline, place: number, ran: FunctionStep, said: Said): string[] {
  const { pass, run } = ran;
  const hooks = run.hooks.map(({ name: hook, before, after }) => {
    const [from, to] = [gradientAt(pass, before[0]), gradientAt(pass, after[0])];
    const called = code(visible(hook));
    if (from === null || to === null) return said.hookRan(called);
    return before[0] === after[0] ? said.hookLeft(called) : said.hookChanged(called, brief(from), brief(to));
  });
  if (run.accumulation !== null) {
    const { tensor, before, added, after } = run.accumulation;
    const [was, more, now] = [before, added, after].map((at) => gradientAt(pass, at));
    const shape = tensor === null ? null : (memberAt(timeline, tensor, place)?.shape ?? null);
    const owner = code(`${tensor === null ? said.leaf : name(timeline, tensor, place, said)}.grad`);
    if (more === null || more === undefined || now === null || now === undefined)
      return [...hooks, said.received(owner)];
    const told = was === null || was === undefined ? null : brief(was, shape);
    return [...hooks, said.accumulated(owner, told, brief(more, shape), brief(now, shape))];
  }
  const arrived = arrivals(ran)[0];
  const sent = flows(timeline, ran).map(({ tensor, sent: values }) =>
    said.sent(brief(values), tensor === null ? null : called(timeline, tensor, place, said)),
  );
  const made = timeline.at(timeline.madeAt(run.operation ?? ""));
  const of = made === null ? null : what(made);
  return [
    ...hooks,
    said.ranFunction(code(visible(run.name)), of),
    ...(arrived === undefined ? [] : [said.flowed(brief(arrived), sent)]),
  ];
}

function bindings(timeline: Timeline, { first, place }: Stop, main: StepBody, said: Said): string[] {
  const steps = timeline.covered(place).map(([, step]) => step);
  const before = first === 0 ? null : timeline.names(first - 1);
  // A write in place binds a name again to what it names.
  const bound = steps
    .flatMap((step) => step.bound)
    .filter(
      ({ name: own, value }) => value === null || before?.get(value)?.includes(own) !== true || main.kind === "call",
    );
  const tensors = bound.filter(({ value }) => value !== null);
  const others = bound.filter(({ value }) => value === null);
  const made = new Set(main.outputs);
  return [
    ...(main.kind === "call"
      ? tensors.map(({ name: own, value }) => said.argument(code(visible(own)), thing(timeline, value, place, said)))
      : tensors.map(({ name: own, value }) =>
          made.has(value ?? "")
            ? said.named(code(visible(own)))
            : said.names(code(visible(own)), thing(timeline, value, place, said)),
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
function thing(timeline: Timeline, id: string | null, place: number, said: Said): string {
  const member = memberAt(timeline, id ?? "", place);
  const shape = shapeText(member?.shape ?? []);
  return member === null || "view_of" in member ? said.tensor(shape) : said.array(shape);
}

function what(step: StepBody): string {
  return code(sourceText(step));
}

function called(timeline: Timeline, id: string, place: number, said: Said): string {
  const found = timeline.nameOf(id, place);
  return found === null ? said.unnamed : code(visible(found));
}

function name(timeline: Timeline, id: string, place: number, said: Said): string {
  return visible(timeline.nameOf(id, place) ?? said.leaf);
}
