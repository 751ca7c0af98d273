import { expect, it } from "vitest";

import { roundAt, roundsOf } from "../../src/timeline/loops.ts";
import { step } from "../support/answers.ts";
import { nestedLoops, PROGRAM } from "../support/nested-loops.ts";

const { steps } = nestedLoops();
const rounds = roundsOf(steps);

/** The number of the line of the program that is this. */
const lineOf = (source: string): number => PROGRAM.split("\n").findIndex((line) => line.trim() === source) + 1;
const linesOf = (depth: number): (number | undefined)[] =>
  rounds.filter((round) => round.depth === depth).map(({ first }) => steps[first]?.span?.line);

it("rounds of loops in loops, in functions too, are found from the steps alone", () => {
  const [inner, ofFunction] = [lineOf("for j in range(2):"), lineOf("for k in range(2):")];
  // The while begins with its for: both begin at the head of that.
  expect(linesOf(1)).toEqual(Array(2).fill(inner));
  expect(linesOf(2)).toEqual(Array(4).fill(inner));
  expect(linesOf(3)).toEqual(Array(8).fill(ofFunction));
});

it("a round is numbered within its loop, and lasts until the next one, or until the loop is left", () => {
  const outer = rounds.filter(({ depth }) => depth === 1);
  expect(outer.map(({ number, count }) => [number, count])).toEqual([
    [1, 2],
    [2, 2],
  ]);
  expect(outer[1]?.first).toBe((outer[0]?.last ?? 0) + 1);
  expect(steps[outer[1]?.last ?? 0]?.span?.line).toBe(lineOf("i += 1"));
});

it("the innermost round of a step is that of the function that is being called", () => {
  const within = steps.findIndex(({ frame }) => frame === 2) + 2;
  expect(roundAt(rounds, within)).toMatchObject({ depth: 3, number: 1, count: 2 });
  expect(roundAt(rounds, 0)).toBeNull();
  expect(roundAt(rounds, steps.length - 1)).toBeNull();
  expect(roundAt(rounds, null)).toBeNull();
});

it("a run that was stopped has the rounds until then, and no loop that had not come round", () => {
  const first = steps.findIndex(({ frame }) => frame === 1);
  expect(roundsOf(steps.slice(0, first + 2))).toEqual([]);
  const stopped = roundsOf(steps.slice(0, 30));
  expect(stopped.filter(({ depth }) => depth === 1).map(({ number, last }) => [number, last])).toEqual([
    [1, 23],
    [2, 29],
  ]);
});

it("a while of one branch after another goes round where it comes back to an earlier one", () => {
  const at = (line: number, column: number) =>
    step({ kind: "statement", span: { cell: 0, line, column, end_line: line, end_column: column + 9 } });
  // y = x; while …: [if …: a]; b
  const found = roundsOf([at(1, 0), at(4, 4), at(3, 8), at(4, 4), at(3, 8), at(4, 4), at(5, 0)]);
  expect(found.map(({ first, last }) => [first, last])).toEqual([
    [1, 1],
    [2, 3],
    [4, 5],
  ]);
});
