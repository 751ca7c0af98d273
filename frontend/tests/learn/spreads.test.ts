import { describe, expect, it } from "vitest";

import { introOf, type LessonBlock, partsOf, programAt, sectionsOf } from "../../src/learn/spreads.ts";
import { cellBlock, exercise, lesson, prose } from "../support/lessons.ts";

/** Each part in a word: the texts of a spread with its program, or its kind. */
function outline(blocks: readonly LessonBlock[]): string[] {
  return partsOf(blocks).map((part) =>
    part.kind === "spread"
      ? `${part.before.map(({ html }) => html).join("")}[${part.cell ?? ""}]${part.after.map(({ html }) => html).join("")}`
      : part.kind,
  );
}

describe("the parts of a section", () => {
  it("have each program beside the texts before it and after it", () => {
    expect(outline([prose("a"), cellBlock(1), prose("b"), cellBlock(2), prose("c")])).toEqual(["a[1]b", "[2]c"]);
  });

  it("have an exercise by itself", () => {
    expect(outline([prose("a"), exercise("ex1"), prose("b")])).toEqual(["a[]", "exercise", "b[]"]);
  });

  it("have the program beside a text that the text leads to", () => {
    const leading = '<a class="look" data-cell="3" data-step="2">';
    expect(outline([prose(leading), exercise("ex1"), prose("b")])).toEqual([`${leading}[3]`, "exercise", "b[]"]);
  });
});

describe("a lesson", () => {
  const task = exercise("ex1");
  const read = lesson([
    { stage: null, title: "", blocks: [prose("intro")] },
    { stage: "example", title: "one", blocks: [cellBlock(1), cellBlock(2, { raises: true })] },
    { stage: "make", title: "two", blocks: [cellBlock(3), task] },
  ]);

  it("runs before a cell what came before it, but for what ends in an error", () => {
    const { program } = programAt(read, task, "mine", "your program", (n) => `program ${n}`);
    expect(program).toEqual(["code 1", "code 3", "mine"]);
  });

  it("calls a cell by the number that its page gives it, whatever was left out before it", () => {
    const { titles } = programAt(read, task, "mine", "your program", (n) => `program ${n}`);
    expect(titles).toEqual(["program 1", "program 3", "your program"]);
  });

  it("says before its sections what stands before the first heading", () => {
    expect(introOf(read)).toHaveLength(1);
    expect(sectionsOf(read).map(({ title }) => title)).toEqual(["one", "two"]);
    expect(introOf(lesson([{ stage: "example", title: "one", blocks: [prose("a")] }]))).toEqual([]);
  });
});
