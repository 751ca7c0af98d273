import { ChangeSet, Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";

import { Anchorage, type Anchored, carried, carriedByLine, difference } from "../../../src/program/editor/anchors.ts";

const CODE = "y = x + 2\nz = y * 3";
const SUM: Anchored<string> = { from: 4, to: 9, value: "x + 2", touched: false };

function after(from: number, to: number, insert: string): Anchored<string> | undefined {
  return carried([SUM], ChangeSet.of({ from, to, insert }, CODE.length))[0];
}

describe("an anchor", () => {
  it("moves with its code when other code is edited", () => {
    expect(after(0, 0, "# first\n")).toEqual({ ...SUM, from: 12, to: 17 });
    expect(after(10, 11, "w")).toEqual(SUM);
  });

  it("is touched by an edit within its code and by what is written right beside it", () => {
    expect(after(8, 9, "4")?.touched).toBe(true);
    expect(after(9, 9, "5")?.touched).toBe(true);
    expect(after(4, 4, "-")?.touched).toBe(true);
  });

  it("is not touched by a new line or a space beside it", () => {
    expect(after(9, 9, "\n    ")?.touched).toBe(false);
    expect(after(4, 4, "  ")?.touched).toBe(false);
  });

  it("is touched when it becomes a comment, or a part of another statement", () => {
    expect(after(4, 4, "# ")?.touched).toBe(true);
    expect(after(4, 4, "w = ")?.touched).toBe(true);
  });

  it("is touched by an edit anywhere in its lines where it speaks of lines", () => {
    const changes = ChangeSet.of({ from: 0, insert: "#" }, CODE.length);
    expect(carriedByLine([SUM], changes, Text.of(CODE.split("\n")))[0]?.touched).toBe(true);
    const below = ChangeSet.of({ from: 10, insert: "#" }, CODE.length);
    expect(carriedByLine([SUM], below, Text.of(CODE.split("\n")))[0]?.touched).toBe(false);
  });

  it("stays touched, and goes with its code", () => {
    const touched = { ...SUM, touched: true };
    expect(carried([touched], ChangeSet.of({ from: 0, insert: "#" }, CODE.length))[0]?.touched).toBe(true);
    expect(after(0, 10, "")).toBeUndefined();
  });
});

describe("an anchorage", () => {
  const span = { line: 2, column: 4, end_line: 2, end_column: 9 };

  it("finds spans of the code that ran in the code that is there now", () => {
    expect(new Anchorage(CODE, `\n${CODE}`).anchor(span, 1)).toEqual({ from: 15, to: 20, value: 1, touched: false });
    expect(new Anchorage(CODE, CODE.replace("* 3", "* 4")).anchor(span, 1)?.touched).toBe(true);
    expect(new Anchorage(CODE, "y = x + 2").anchor(span, 1)).toBeNull();
  });

  it("has a range for a change only while its lines are as they were", () => {
    const end = { line: 1, column: 9, end_line: 1, end_column: 9 };
    expect(new Anchorage(CODE, CODE).intact(end)).toEqual({ from: 9, to: 9 });
    expect(new Anchorage(CODE, `# a\n${CODE}`).intact(end)).toEqual({ from: 13, to: 13 });
    expect(new Anchorage(CODE, CODE.replace("x + 2", "x+2")).intact(end)).toBeNull();
  });
});

describe("the difference of two texts", () => {
  it.each([
    ["", "a"],
    ["a", ""],
    ["aa", "aaa"],
    ["abc", "abc"],
    ["x = 1\ny = 2", "x = 1\nz = 3\ny = 2"],
  ])("leads from %j to %j", (before, now) => {
    const changes = difference(before, now);
    let text = before;
    changes.iterChanges((from, to, _from, _to, inserted) => {
      text = before.slice(0, from) + inserted.toString() + before.slice(to);
    });
    expect(text).toBe(now);
  });
});
