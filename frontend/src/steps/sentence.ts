/** What a stop did, in a sentence or two, with code between backticks. */

import type { Strings } from "../i18n/index.ts";
import type { OperationRecord, Step } from "../api/schema.ts";
import { shapeText } from "../numbers/grid.ts";
import { difference, isWritten, laidBy, type Relaid, relaid, relaidIn } from "../timeline/layouts.ts";
import { requiresGrad } from "../timeline/member.ts";
import { sourceText } from "../timeline/operations.ts";
import type { Stop } from "../timeline/stops.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { code } from "../ui/text/prose.ts";
import { visible } from "../ui/text/visible.ts";
import { ofFunction, ofPass, ofPassDone } from "./backward-sentences.ts";
import { bindings, roles } from "./binding-sentences.ts";
import { outputs, stopping } from "./endings.ts";
import { firstLine } from "./mentions.ts";
import { amount, called, ownerName, shapeAt, what } from "./naming.ts";

type Said = Strings["said"];

/** A sentence names so many tensors whose layout changed. */
const FEW = 3;
/** A sentence lists so many tensors that an operation gave. */
const MANY = 4;

/** A sentence about the stop that has a step (null: the end). */
export function sentence(timeline: Timeline, index: number | null, said: Said, cells: readonly string[] = []): string {
  const stop = timeline.stops[timeline.stopOf(index)];
  const step = timeline.at(stop?.step ?? null);
  if (stop === undefined || step === null) return said.end;
  if (step.kind === "error")
    return said.joined([...outputs(timeline, stop, cells, said), stopping(timeline, step, said)]);
  const ran = timeline.functions.get(stop.step);
  const main =
    ran === undefined ? ofStep(timeline, stop.step, step, said, cells) : ofFunction(timeline, stop.step, ran, said);
  const changes = timeline.gradientChanges(index).map(({ tensor, values }) => {
    const owner = code(`${ownerName(timeline, tensor, stop.last, said)}.grad`);
    return values === null
      ? said.cleared(owner)
      : said.gradientNow(owner, amount(values, said, shapeAt(timeline, tensor, stop.last)));
  });
  const all = [
    ...main,
    ...layouts(timeline, stop, said),
    ...roles(timeline, stop, said),
    ...bindings(timeline, stop, step, said, cells),
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

function ofStep(timeline: Timeline, index: number, step: Step, said: Said, cells: readonly string[]): string[] {
  switch (step.kind) {
    case "operation": {
      const operation = timeline.operation(step.ref);
      return operation === null
        ? [said.ran(what(timeline, step, said))]
        : ofOperation(timeline, index, step, operation, said);
    }
    case "backward":
      return [ofPass(timeline, index, step, said)];
    case "call":
      return [said.called(code(visible(step.scope)))];
    case "statement":
      return ofStatement(timeline, index, step, said, cells);
    case "function":
      return [said.ranUnknown];
    case "error":
      return [stopping(timeline, step, said)];
  }
}

function ofOperation(timeline: Timeline, index: number, step: Step, operation: OperationRecord, said: Said): string[] {
  const pass = timeline.passes.find(({ last }) => last === index - 1)?.pass;
  if (pass !== undefined) return ofPassDone(timeline, index, step, pass, said);
  if (laidBy(timeline, operation) !== null) return [said.ran(code(sourceText(step))), ...ticked(operation, said)];
  if (operation.writes.length > 0) return written(timeline, index, step, operation, said);
  return [
    ...given(timeline, index, step, operation, said),
    ...stretched(timeline, index, operation, said),
    ...followsFrom(timeline, index, operation, said),
  ];
}

/** The tensors that an operation gave: in new memory, as views, or such as were there before. */
function given(timeline: Timeline, index: number, step: Step, operation: OperationRecord, said: Said): string[] {
  const by = what(timeline, step, said);
  const { outputs: ids, output_shapes: shapes, memory } = operation;
  const [id] = ids;
  if (id === undefined) return [said.read(by)];
  const tensors = ids.map((_, output) => said.tensor(shapeText(shapes[output] ?? [])));
  if (ids.length > 1) {
    const kinds = new Set(memory.map(({ kind }) => kind));
    const kind = kinds.size === 1 ? (memory[0]?.kind ?? "same") : "same";
    const names = ids.map((own) => timeline.namesOf(own, timeline.settled(index) ?? index));
    const listed = tensors.map((text, output) => {
      const own = names[output] ?? [];
      return own.length === 0 ? text : said.tensorCalled(text, said.list(own.map((name) => code(visible(name)))));
    });
    return [said.several[kind](by, ids.length > MANY ? said.tensors(ids.length) : said.list(listed))];
  }
  const [tensor = ""] = tensors;
  const [{ kind, of } = { kind: "new", of: null }] = memory;
  if (kind === "view") return [said.view(by, tensor, of === null ? null : called(timeline, of, index, said, step))];
  return [kind === "same" ? said.same(by, called(timeline, id, index, said, step)) : said.made(by, tensor)];
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
  const target = first === undefined || own === index ? null : called(timeline, first.tensor, index, said, step);
  // A write by an index need not reach all elements, and the trace does not say how many it reached.
  const part = /__setitem__|index_put|copy_$|masked|scatter/.test(operation.name) ? null : count;
  return [
    said.written(code(sourceText(step)), part, target),
    ...(seen.length > 1
      ? [said.seen(said.list(seen.map((id) => called(timeline, id, index, said, step))), seen.length)]
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

function ofStatement(timeline: Timeline, index: number, step: Step, said: Said, cells: readonly string[]): string[] {
  // A `return` is reported before its value is worked out, which may fail.
  const source = step.scope === "" ? "" : firstLine(cells, step.span);
  if (/^return\b/.test(source)) return [said.comesTo(code(visible(step.scope)), code(visible(source)))];
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
