import { describe, expect, it } from "vitest";

import { marksOf, within } from "../../src/timeline/marks.ts";
import { gone, into, nearest, outOf, paces, restsOf } from "../../src/timeline/paces.ts";
import { Timeline } from "../../src/timeline/timeline.ts";
import { response, step, tensor } from "../support/answers.ts";
import { nestedLoops, PROGRAM } from "../support/nested-loops.ts";

const timeline = new Timeline(nestedLoops());
const PLAIN = new Timeline(response({ steps: [step({ ref: "op1" }), step({ ref: "op2" })] }));

/** The source line of a stop. */
const lineAt = (stop: number): string => {
  const { span } = timeline.at(timeline.stops[stop]?.last ?? null) ?? { span: null };
  return PROGRAM.split("\n")[(span?.line ?? 0) - 1]?.trim() ?? "";
};
const frameAt = (stop: number): number | undefined => timeline.at(timeline.stops[stop]?.last ?? null)?.frame;
const firstAt = (line: string, from = 0): number =>
  [...timeline.stops.keys()].findIndex((stop) => stop > from && lineAt(stop) === line);
const HEAD = "for j in range(2):";

describe("paces", () => {
  it("that a program has no use for are not offered", () => {
    expect([...paces(PLAIN, null)]).toEqual(["step", "statement"]);
    expect([...paces(timeline, "t1")]).toEqual(["step", "statement", "call", "round", "backward", "change"]);
  });

  it("by statement go over the calls in it, and from a call back to what called it", () => {
    const rests = restsOf(timeline, "statement", firstAt(HEAD), null);
    expect(rests.every((stop) => frameAt(stop) === 0)).toBe(true);
    const next = gone(rests, firstAt(HEAD), 1, timeline.end);
    expect(lineAt(next)).toBe("loss = halves(w).sum()");
    const inCall = firstAt("t = t / 2");
    const own = restsOf(timeline, "statement", inCall, null);
    expect(new Set(own.map(frameAt))).toEqual(new Set([0, 1]));
    expect(lineAt(gone(own, inCall, -2, timeline.end))).toBe(HEAD);
  });

  it("by call rest where one begins, and where what called it goes on", () => {
    const rests = restsOf(timeline, "call", 0, null);
    const [begins = 0, goesOn = 0] = rests;
    expect([lineAt(begins), frameAt(begins)]).toEqual(["def halves(t):", 1]);
    expect([lineAt(goesOn), frameAt(goesOn)]).toEqual(["loss = halves(w).sum()", 0]);
  });

  it("by round go by the loop that one is in, and after its last round by the one around it", () => {
    const heads = (from: number): string[] => restsOf(timeline, "round", from, null).map(lineAt);
    expect(heads(0)).toEqual([HEAD, HEAD]);
    const inInner = firstAt("loss = halves(w).sum()");
    expect(heads(inInner)).toEqual([HEAD, HEAD, HEAD, HEAD]);
    expect(heads(firstAt("t = t / 2"))).toHaveLength(2 + 2 + 8);
  });

  it("by backward pass rest where each begins", () => {
    expect(restsOf(timeline, "backward", 0, null).map(lineAt)).toEqual(["loss.backward()", "loss.backward()"]);
  });

  it("by change follow a name on to what it is bound to, and a tensor to what writes it and its gradient", () => {
    const [loss] = timeline.response.steps.flatMap(({ bound }) =>
      bound.flatMap(({ name, value }) => (name === "loss" ? (value ?? []) : [])),
    );
    expect(restsOf(timeline, "change", 0, loss ?? "").map(lineAt)).toEqual(Array(4).fill("loss = halves(w).sum()"));
    const written = new Timeline(
      response({
        steps: [step({ ref: "op1" }), step({ ref: "op2", changed: [{ id: "t1", version: 1 }] }), step({ ref: "op3" })],
        tensors: [tensor({ id: "t1", grad_changes: [{ step: 2, values: null }] })],
      }),
    );
    expect(restsOf(written, "change", 0, "t1")).toEqual([1, 2]);
  });

  it("end at the ends, and rest at what is nearest while they are dragged", () => {
    const rests = restsOf(timeline, "backward", 0, null);
    const [first = 0, last = 0] = rests;
    expect([gone(rests, last, 1, timeline.end), gone(rests, first, -1, timeline.end)]).toEqual([timeline.end, 0]);
    expect(gone(rests, 0, 10, timeline.end)).toBe(timeline.end);
    expect([first - 1, first + 1, 1, timeline.end - 1].map((stop) => nearest(rests, stop, timeline.end))).toEqual([
      first,
      first,
      0,
      timeline.end,
    ]);
  });
});

describe("calls", () => {
  it("are gone into and out of, a recursion call by call", () => {
    const before = firstAt("i += 1", firstAt("i += 1"));
    const calls = [1, 2, 3].reduce<number[]>((all) => [...all, into(timeline, all.at(-1) ?? 0) ?? -1], [before]);
    expect(calls.slice(1).map(frameAt)).toEqual([5, 6, 7]);
    expect(into(timeline, calls[3] ?? 0)).toBeNull();
    expect(lineAt(outOf(timeline, calls[1] ?? 0) ?? 0)).toBe("z = power(2, w)");
    expect(outOf(timeline, before)).toBeNull();
  });

  it("that the program stopped in are gone out of to the end", () => {
    const stopped = new Timeline(nestedLoops(firstInCall() + 3));
    expect(outOf(stopped, stopped.stops.length - 1)).toBe(stopped.end);
  });
});

function firstInCall(): number {
  return timeline.response.steps.findIndex(({ frame }) => frame === 1);
}

describe("marks", () => {
  it("are of passes and of the rounds of the outermost loops, of many rounds only some", () => {
    expect(marksOf(timeline).rounds.match(/M/g)).toHaveLength(2);
    expect(marksOf(timeline).passes.match(/M/g)).toHaveLength(2);
    const many = Array.from({ length: 1000 }, () =>
      step({ kind: "statement", span: { cell: 0, line: 1, column: 0, end_line: 1, end_column: 9 } }),
    );
    expect(marksOf(new Timeline(response({ steps: many }))).rounds.match(/M/g)).toHaveLength(100);
  });

  it("say which round and pass a stop is in", () => {
    const [begins = 0] = restsOf(timeline, "backward", 0, null);
    expect(within(timeline, begins)).toMatchObject({ round: { number: 1, depth: 2 }, pass: { id: "b1" } });
    expect(within(timeline, 0)).toEqual({ round: null, pass: null });
    expect(within(timeline, timeline.end)).toEqual({ round: null, pass: null });
  });
});
