/** Which names a stop bound and unbound, and what became of what they name, in sentences. */

import type { Strings } from "../i18n/index.ts";
import type { Step } from "../api/schema.ts";
import { isTensor } from "../timeline/member.ts";
import type { Stop } from "../timeline/stops.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { code } from "../ui/text/prose.ts";
import { visible } from "../ui/text/visible.ts";
import { firstLine } from "./mentions.ts";
import { called, thing } from "./naming.ts";

type Said = Strings["said"];

/** The names that a stop bound and unbound. Those of several tensors that an operation gave have been said with these. */
export function bindings(
  timeline: Timeline,
  { first, last: index }: Stop,
  main: Step,
  said: Said,
  cells: readonly string[],
): string[] {
  const steps = timeline.covered(index).map(([, step]) => step);
  const before = first > 0 ? timeline.frames(first - 1) : [];
  const had = (step: Step, name: string): string | null =>
    before.find(({ frame }) => frame === step.frame)?.names.find((known) => known.name === name)?.value ?? null;
  // A write in place binds a name again to what it names.
  const bound = steps
    .flatMap((step) => step.bound.map((binding) => ({ ...binding, same: had(step, binding.name) === binding.value })))
    .filter(({ value, same }) => value === null || !same || main.kind === "call");
  const made = timeline.passes.some(({ last }) => last === first - 1) ? new Set<string>() : new Set(main.outputs);
  const told = main.kind === "operation" && made.size > 1 ? made : new Set<string>();
  const tensors = bound.filter(({ value }) => value !== null && !told.has(value));
  const others = bound.filter(({ value }) => value === null);
  const own = new Map<string, string[]>();
  for (const { name, value } of tensors)
    if (value !== null && made.has(value)) own.set(value, [...(own.get(value) ?? []), code(visible(name))]);
  return [
    ...[...own.values()].map((names) => said.named(said.list(names))),
    ...tensors
      .filter(({ value }) => !made.has(value ?? ""))
      .map(({ name, value }) => {
        const what = thing(timeline, value, index, said, name);
        return main.kind === "call" ? said.argument(code(visible(name)), what) : said.names(code(visible(name)), what);
      }),
    ...others.map(({ name, text, type }) => {
      if (text !== null) return said.set(code(visible(name)), code(visible(text)));
      return /^class\b/.test(firstLine(cells, main.span))
        ? said.definedClass(code(visible(name)))
        : said.kind(code(visible(name)), code(visible(type)));
    }),
    ...steps.flatMap((step) => step.unbound).map((name) => said.deleted(code(visible(name)))),
  ];
}

/** What a stop made of tensors that were there before: whether they require gradients. */
export function roles(timeline: Timeline, { first, last }: Stop, said: Said): string[] {
  return timeline.response.tensors.flatMap((tensor) => {
    if (tensor.roles.length < 2) return [];
    const at = tensor.roles.findIndex(({ step }, place) => place > 0 && step !== null && step >= first && step <= last);
    const [was, now] = [tensor.roles[at - 1], tensor.roles[at]];
    if (was === undefined || now === undefined || was.requires_grad === now.requires_grad) return [];
    const member = timeline.memberAt(tensor.id, last);
    if (member === null || !isTensor(member) || timeline.nameOf(tensor.id, last) === null) return [];
    const name = called(timeline, tensor.id, last, said);
    return [now.requires_grad ? said.requiresNow(name) : said.requiresNoMore(name)];
  });
}
