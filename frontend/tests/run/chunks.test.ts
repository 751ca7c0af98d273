import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { RunResponse } from "../../src/api/schema.ts";
import { Chunks } from "../../src/run/chunks.ts";
import { timelineOf } from "../../src/timeline/timeline.ts";
import { full } from "../support/answers.ts";
import { awaited, counting, service } from "../support/deferred.ts";

const ANSWER = counting(9);
let asked: ReturnType<typeof service> = [];
let changes = 0;
let chunks = new Chunks(() => undefined);

beforeEach(() => {
  asked = service();
  changes = 0;
  chunks = new Chunks(() => {
    changes += 1;
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

const numbers = (): number[] => asked.map(({ path }) => Number(path.split("/").at(-1)));

/** What is shown of x at a step. */
const shown = (step: number, answer: RunResponse = ANSWER): unknown =>
  timelineOf(answer, chunks.arrived(answer)).version("t1", step)?.values;

describe("the chunks of deferred values", () => {
  it("are not asked for before something of them is looked at", () => {
    expect(shown(4)).toEqual(awaited(4));
    expect(asked).toHaveLength(0);
  });

  it("are asked for once each, by the id of the run, with the neighbours of what is looked at", async () => {
    chunks.look(ANSWER, [awaited(4)]);
    chunks.look(ANSWER, [awaited(4)]);
    expect(asked[0]?.path).toContain("runs/r1/values/4");
    expect(numbers()).toEqual([4, 5, 3]);
    await asked[0]?.answer([full([4, 4])]);
    expect(shown(4)).toEqual(full([4, 4]));
    expect(shown(5)).toEqual(awaited(5));
    chunks.look(ANSWER, [awaited(4)]);
    expect(numbers()).toEqual([4, 5, 3]);
  });

  it("that are looked at are asked for before all that wait, and tell when they have come", async () => {
    chunks.look(ANSWER, [awaited(4)]);
    chunks.look(ANSWER, [awaited(1)]);
    await asked[1]?.answer([full([5, 5])]);
    expect(changes).toBe(0);
    expect(numbers()).toEqual([4, 5, 3, 1]);
    await asked[3]?.answer([full([1, 1])]);
    expect(changes).toBe(1);
    expect(shown(1)).toEqual(full([1, 1]));
  });

  it("bring their neighbours also when they have come before they are looked at", async () => {
    chunks.look(ANSWER, [awaited(1)]);
    for (const one of [...asked]) await one.answer([full([0, 0])]);
    expect(numbers()).toEqual([1, 2, 0]);
    chunks.look(ANSWER, [timelineOf(ANSWER, chunks.arrived(ANSWER)).version("t1", 2)?.values ?? awaited(0)]);
    expect(numbers()).toEqual([1, 2, 0, 3]);
  });

  it("are given up for another answer, and what still comes of them is dropped", async () => {
    const other = counting(9, "r2");
    chunks.look(ANSWER, [awaited(4)]);
    chunks.look(other, [awaited(4)]);
    expect(asked.slice(0, 3).every(({ signal }) => signal.aborted)).toBe(true);
    await asked[3]?.answer([full([7, 7])]);
    expect(shown(4, other)).toEqual(full([7, 7]));
    expect(shown(4)).toEqual(awaited(4));
  });

  it("say when the service no longer has the run", async () => {
    chunks.look(ANSWER, [awaited(0)]);
    await asked[0]?.fail(404);
    expect(shown(0)).toEqual(awaited(0, "gone"));
    expect(chunks.gone).toBe(true);
    expect(changes).toBe(1);
  });

  it("are asked for again where the service could not be reached", async () => {
    chunks.look(ANSWER, [awaited(0)]);
    await asked[0]?.fail(null);
    expect(shown(0)).toEqual(awaited(0, "unreached"));
    expect(chunks.gone).toBe(false);
    chunks.retry();
    expect(shown(0)).toEqual(awaited(0));
    await asked.findLast(({ path }) => path.endsWith("/0"))?.answer([full([0, 0])]);
    expect(shown(0)).toEqual(full([0, 0]));
  });

  it("that nobody has looked at may fail in silence, and are asked for when somebody does", async () => {
    chunks.look(ANSWER, [awaited(0)]);
    await asked[1]?.fail(503);
    expect(changes).toBe(0);
    expect(shown(1)).toEqual(awaited(1));
    chunks.look(ANSWER, [awaited(1)]);
    expect(numbers().filter((chunk) => chunk === 1)).toHaveLength(2);
  });
});
