/** What a step did to memory, in words. Code is between backticks. */

import type { OperationRecord } from "../api/schema.ts";
import type { Strings } from "../i18n/index.ts";
import { laidBy, relaidIn } from "../timeline/layouts.ts";
import { operationsAt, sourceText, stepsAt } from "../timeline/operations.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { code } from "../ui/text/prose.ts";
import { visible } from "../ui/text/visible.ts";

type MemoryStrings = Strings["memory"];

/** What became of the memory of an operation's output. */
type MemoryEffect = "new" | "view" | "same" | "written";

/** An operation, what it did to memory, and the index of its step. */
export interface OperationEffect {
  readonly operation: OperationRecord;
  readonly kind: MemoryEffect;
  readonly index: number;
}

/** Every operation up to a step whose effect on memory is known. */
export function operationsUntil(timeline: Timeline, index: number | null): OperationEffect[] {
  const { steps } = timeline.response;
  const done = index === null ? steps : steps.slice(0, index + 1);
  return done.flatMap((step, at): OperationEffect[] => {
    const operation = step.kind === "operation" ? timeline.operation(step.ref) : null;
    const kind = operation === null ? null : kindOf(operation);
    return operation === null || kind === null ? [] : [{ operation, kind, index: at }];
  });
}

/** What became of the memory of an operation's first output; null if it is not known. */
function kindOf(operation: OperationRecord): MemoryEffect | null {
  if (operation.writes.length > 0) return "written";
  const [memory] = operation.memory;
  if (memory?.kind === "same" && operation.writes.length > 0) return "written";
  return memory?.kind ?? null;
}

/** What a step did to memory; null at the end. */
export function sentenceAt(timeline: Timeline, index: number | null, words: MemoryStrings): string | null {
  const steps = stepsAt(timeline, index);
  if (steps.length === 0) return null;
  const { said } = words;
  const operations = operationsAt(timeline, index);
  const sentences = operations.flatMap((operation) => operationSentence(timeline, operation, index, words) ?? []);
  const changes = steps.flatMap(({ changed }) => changed);
  const arrays = changes.filter(
    ({ id, version }) => version === 0 && timeline.response.arrays.some((a) => a.id === id),
  );
  sentences.push(...arrays.map(({ id }) => said.array(called(timeline, id, index, words))));
  const laid = relaidIn(timeline, timeline.covered(index));
  const moved = laid.filter(
    ({ id, before, after }) => before.layout.storage !== after.layout.storage && isNamed(timeline, id, index),
  );
  sentences.push(...moved.map(({ id }) => said.moved(called(timeline, id, index, words))));
  const own = operations.filter((operation) => laidBy(timeline, operation) === null);
  const written = [...new Set(changes.filter(({ version }) => version > 0).map(({ id }) => id))].filter(
    // If an operation only changed a layout, the counters of its views change too.
    (id) => !laid.some((change) => change.id === id) && own.length === operations.length,
  );
  if (written.length > 0) {
    const byTorch = operations.some((operation) => kindOf(operation) === "written");
    if (!byTorch) sentences.push(said.wrote);
    const named = written.filter((id) => isNamed(timeline, id, index)).map((id) => called(timeline, id, index, words));
    if (named.length > 0) sentences.push(said.seen(list(named, words)));
    sentences.push(...ticks(operations, byTorch, words));
  } else if (own.length < operations.length) sentences.push(...ticks(operations, true, words));
  const [received] = timeline
    .covered(index)
    .flatMap(([at]) => timeline.functions.get(at)?.run.accumulation?.tensor ?? []);
  if (received !== undefined) sentences.push(said.gradient(called(timeline, received, index, words)));
  return sentences.length === 0 ? said.nothing : said.all(sentences);
}

function ticks(operations: readonly OperationRecord[], byTorch: boolean, { said }: MemoryStrings): string[] {
  const ticked = operations.flatMap(({ writes }) =>
    writes.flatMap(({ before, after }) =>
      before === null || after === null || before === after ? [] : [[before, after] as const],
    ),
  );
  const [tick] = ticked;
  if (tick !== undefined) return [said.ticked(...tick)];
  return byTorch ? [] : [said.unticked];
}

/** What an operation did to memory; null if it is not known. */
export function operationSentence(
  timeline: Timeline,
  operation: OperationRecord,
  index: number | null,
  words: MemoryStrings,
): string | null {
  const kind = kindOf(operation);
  if (kind === null) return null;
  const { said } = words;
  const output = operation.outputs[0] ?? "";
  const what = code(sourceText(operation));
  const of = operation.memory[0]?.of ?? operation.writes[0]?.tensor ?? output;
  if (laidBy(timeline, operation) !== null) return said.relaid(what, called(timeline, of, index, words));
  switch (kind) {
    case "new":
      return said.new(what, isNamed(timeline, output, index) ? called(timeline, output, index, words) : null);
    case "view":
    case "same":
    case "written":
      return said[kind](what, called(timeline, of, index, words));
  }
}

/** Names in a sentence. */
export function list(names: readonly string[], { said }: MemoryStrings): string {
  const last = names.at(-1) ?? "";
  return names.length < 2 ? last : `${names.slice(0, -1).join(said.comma)}${said.and}${last}`;
}

function isNamed(timeline: Timeline, id: string, index: number | null): boolean {
  return timeline.namesOf(id, index).length > 0;
}

function called(timeline: Timeline, id: string, index: number | null, words: MemoryStrings): string {
  const name = timeline.nameOf(id, index);
  return name === null ? words.unnamed : code(visible(name));
}
