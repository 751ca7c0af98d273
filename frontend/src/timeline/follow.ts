/** The steps that change one tensor, or what is called as it is. */

import { isTensor } from "./member.ts";
import type { Timeline } from "./timeline.ts";

/**
 * The steps that change a tensor or array, by index: its values, its gradient, and what its names mean. A name that the program
 * binds anew, as `loss` in each round of a loop, leads on to what it is bound to.
 */
export function changesOf(timeline: Timeline, id: string): ReadonlySet<number> {
  const { steps } = timeline.response;
  // What it is called later, as a parameter of a function it is given to, may be the name of much else.
  const first = steps.find(({ bound }) => bound.some(({ value }) => value === id));
  const names = new Set(
    (first?.bound ?? []).flatMap(({ name, value }) => (value === id ? [`${first?.scope ?? ""} ${name}`] : [])),
  );
  const found = new Set<number>();
  const ids = new Set([id]);
  steps.forEach(({ scope, bound, unbound }, index) => {
    const meant = bound.filter(({ name }) => names.has(`${scope} ${name}`));
    for (const { value } of meant) if (value !== null) ids.add(value);
    if (meant.length > 0 || unbound.some((name) => names.has(`${scope} ${name}`))) found.add(index);
  });
  steps.forEach(({ changed }, index) => {
    const run = timeline.functions.get(index)?.run;
    const received = run?.accumulation?.tensor ?? run?.tensor ?? "";
    if (ids.has(received) || changed.some((change) => ids.has(change.id))) found.add(index);
  });
  for (const own of ids) {
    const member = timeline.member(own);
    if (member !== null && isTensor(member)) for (const { step } of member.grad_changes) found.add(step);
  }
  return found;
}
