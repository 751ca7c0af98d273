/** What a backward pass and its functions did, in sentences. */

import type { Strings } from "../i18n/index.ts";
import type { BackwardRecord, HookRecord, Step } from "../api/schema.ts";
import type { Values } from "../api/values.ts";
import { isBrief } from "../numbers/brief.ts";
import { arrivals, flows, termsOf } from "../timeline/flows.ts";
import type { FunctionStep } from "../timeline/passes.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { code } from "../ui/text/prose.ts";
import { visible } from "../ui/text/visible.ts";
import { amount, called, gradient, listed, ownerName, shapeAt, what } from "./naming.ts";

type Said = Strings["said"];

/** A sentence lists so many terms of a sum, and so many of their sources. */
const FEW = 3;

/** How a pass begins. */
export function ofPass(timeline: Timeline, index: number, step: Step, said: Said): string {
  const pass = timeline.response.backwards.find(({ id }) => id === step.ref);
  if (pass === undefined) return said.ranUnknown;
  const [root] = pass.roots;
  const start = root === undefined ? null : timeline.gradientIn(pass, root.gradient);
  // A root that is worked out in the call itself (`grad(y.sum(), x)`) is called by what made it.
  const unnamed = root !== undefined && (root.name === "" || root.name === pass.expression);
  const from =
    root === undefined
      ? ""
      : unnamed && root.tensor !== null
        ? called(timeline, root.tensor, index, said)
        : code(visible(root.name));
  const begun =
    start === null ? said.gradient("1") : gradient(start, said, shapeAt(timeline, root?.tensor ?? null, index));
  return said.passBegins(code(visible(pass.expression ?? pass.kind)), from, begun);
}

/** That a pass is done, and what it filled or returned. `step` is that of the call. */
export function ofPassDone(timeline: Timeline, index: number, step: Step, pass: BackwardRecord, said: Said): string[] {
  const received = pass.runs.flatMap(({ accumulation }) => accumulation?.tensor ?? []);
  const names = [...new Set(received)].map((id) => code(`${ownerName(timeline, id, index, said)}.grad`));
  const returned = pass.returned.flatMap(({ gradient: at }) => timeline.gradientIn(pass, at) ?? []);
  return [
    said.passDone(what(timeline, step, said), pass.runs.length, said.list(names), names.length),
    ...(returned.length === 0 ? [] : [said.returned(said.list(returned.map((values) => amount(values, said))))]),
  ];
}

/** What a backward function was given, did and sent on. */
export function ofFunction(timeline: Timeline, index: number, ran: FunctionStep, said: Said): string[] {
  const { pass, run } = ran;
  const shape = shapeAt(timeline, run.accumulation?.tensor ?? run.tensor, index);
  const earlier = run.hooks.filter(({ kind }) => kind === "tensor" || kind === "prehook");
  const later = run.hooks.filter((hook) => !earlier.includes(hook));
  const hooks = earlier.map((hook) => ofHook(timeline, pass, hook, shape, said));
  const after = later.map((hook) => ofHook(timeline, pass, hook, shape, said));
  if (run.accumulation !== null) {
    const { tensor, before, added, after: sum } = run.accumulation;
    const [was, more, now] = [before, added, sum].map((at) => timeline.gradientIn(pass, at));
    const owner = code(`${tensor === null ? said.leaf : ownerName(timeline, tensor, index, said)}.grad`);
    if (more === null || more === undefined || now === null || now === undefined)
      return [...hooks, said.received(owner), ...after];
    const told = was === null || was === undefined ? null : amount(was, said, shape);
    return [
      ...hooks,
      said.accumulated(owner, told, amount(more, said, shape), isBrief(now, shape) ? amount(now, said, shape) : null),
      ...summed(timeline, ran, more, shape, said),
      ...after,
    ];
  }
  const arrived = arrivals(timeline, ran)[0];
  const made = timeline.at(timeline.madeAt(run.operation ?? ""));
  const sent = flows(timeline, ran).map(({ tensor, towards, sent: values }) =>
    said.sent(
      amount(values, said, shapeAt(timeline, tensor, index)),
      tensor === null
        ? towards === null
          ? null
          : code(visible(towards))
        : called(timeline, tensor, index, said, made),
    ),
  );
  const of = made === null ? null : what(timeline, made, said);
  return [
    ...hooks,
    said.ranFunction(code(visible(run.name)), of),
    ...(arrived === undefined
      ? []
      : [said.flowed(gradient(arrived, said, shape), sent), ...summed(timeline, ran, arrived, shape, said)]),
    ...after,
  ];
}

function ofHook(
  timeline: Timeline,
  pass: BackwardRecord,
  { name, before, after }: HookRecord,
  shape: readonly number[] | null,
  said: Said,
): string {
  const [from, to] = [timeline.gradientIn(pass, before[0]), timeline.gradientIn(pass, after[0])];
  const hook = code(visible(name));
  if (from === null || to === null) return said.hookRan(hook);
  return before[0] === after[0]
    ? said.hookLeft(hook)
    : said.hookChanged(hook, amount(from, said, shape), amount(to, said, shape));
}

/** The terms of a gradient that came along several ways. A hook may have changed their sum, of which nothing is said then. */
function summed(
  timeline: Timeline,
  ran: FunctionStep,
  total: Values,
  shape: readonly number[] | null,
  said: Said,
): string[] {
  const terms = termsOf(timeline, ran);
  if (terms.length < 2 || ran.run.hooks.some(({ kind }) => kind === "tensor" || kind === "prehook")) return [];
  const sources = [...new Set(terms.map(({ operation }) => operation ?? ""))].flatMap((operation) => {
    const step = timeline.at(timeline.madeAt(operation));
    return step === null ? [] : [what(timeline, step, said)];
  });
  const short = isBrief(total, shape) && terms.length <= FEW && terms.every(({ values }) => isBrief(values, shape));
  const sum = short
    ? said.sum(
        listed(total, shape),
        terms.map(({ values }) => listed(values, shape)),
      )
    : null;
  return [said.ways(terms.length, said.list([...new Set(sources)].slice(0, FEW)), sum)];
}
