import { describe, expect, it } from "vitest";

import { NOTHING_ARRIVED, withChunk } from "../../src/run/arrived.ts";
import { isOtherRun, timelineOf } from "../../src/timeline/timeline.ts";
import { full, functionRun, pass, response, step, tensor } from "../support/answers.ts";
import { awaited, counting, deferred } from "../support/deferred.ts";

const ANSWER = counting(9);

describe("a timeline whose values come later", () => {
  const arrived = withChunk(NOTHING_ARRIVED, 3, [full([3, 3])]);
  const [before, after] = [timelineOf(ANSWER), timelineOf(ANSWER, arrived)];

  it("has those that have come, and else says that they are awaited", () => {
    expect(before.version("t1", 3)?.values).toEqual(awaited(3));
    expect(after.version("t1", 3)?.values).toEqual(full([3, 3]));
    expect(after.version("t1", 4)?.values).toEqual(awaited(4));
    expect(after.version("t1", null)?.values).toEqual(full([8, 8]));
  });

  it("is another of the same run, which shares what was derived", () => {
    expect(after).not.toBe(before);
    expect(timelineOf(ANSWER, arrived)).toBe(after);
    expect(after.stops).toBe(before.stops);
    expect(isOtherRun(before, after)).toBe(false);
    expect(isOtherRun(before, timelineOf(counting(9, "r2")))).toBe(true);
  });

  it("has the gradients of passes, and those in `.grad`, in the same way", () => {
    const accumulation = { tensor: "t1", before: null, added: 0, after: 1 };
    const answer = response({
      steps: [
        step({ ref: "b1", kind: "backward" }),
        step({ ref: "f1", kind: "function" }),
        step({ ref: "s2", kind: "statement" }),
      ],
      tensors: [tensor({ id: "t1", grad: deferred(1), grad_changes: [{ step: 2, values: deferred(1) }] })],
      backwards: [
        pass({
          id: "b1",
          gradients: [full(1), deferred(0)],
          runs: [functionRun({ function: "f1", arrived: [0], accumulation })],
        }),
      ],
    });
    const known = timelineOf(answer, withChunk(NOTHING_ARRIVED, 0, [full(5)]));
    expect(known.gradient("t1", 1)).toEqual({ values: full(5), kept: true, step: 1 });
    expect(known.gradientIn(answer.backwards[0], 1)).toEqual(full(5));
    expect(known.gradient("t1", 2)?.values).toEqual(awaited(1));
    expect(known.gradient("t1", null)?.values).toEqual(awaited(1));
    expect(known.gradientChanges(2)[0]?.values).toEqual(awaited(1));
  });
});
