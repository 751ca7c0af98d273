/** The tensors and arrays that exist at a step, as they are then. */

import type { Gradient, Timeline, Version } from "./timeline.ts";
import type { Member } from "./member.ts";

/** A tensor or array at a step; `member` has its shape, strides, dtype and storage of then. `names` are those that it has then, in the frames that are active. */
export interface Holding {
  readonly id: string;
  readonly member: Member;
  readonly names: readonly string[];
  readonly version: Version;
  /** The version before the step; null if the step did not change it. */
  readonly before: Version | null;
  readonly gradient: Gradient | null;
  /** Whether the step made it, changed it, or brought it a gradient. */
  readonly changed: boolean;
}

/** Everything that exists after a step, in the order in which the program made it. */
export function holdingsAt(timeline: Timeline, index: number | null): Holding[] {
  const { tensors, arrays } = timeline.response;
  const changed = timeline.changed(index);
  const written = new Set(timeline.covered(index).flatMap(([, step]) => step.changed.map(({ id }) => id)));
  return [...tensors, ...arrays].flatMap((member): Holding[] => {
    const version = timeline.version(member.id, index);
    if (version === null) return [];
    return [
      {
        id: member.id,
        member: version.member,
        names: timeline.namesOf(member.id, index),
        version,
        before: written.has(member.id) ? timeline.before(member.id, version) : null,
        gradient: timeline.gradient(member.id, index),
        changed: changed.has(member.id),
      },
    ];
  });
}
