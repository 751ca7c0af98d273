import { describe, expect, it } from "vitest";

import { timelineOf } from "../../src/timeline/timeline.ts";
import { stepOf } from "../../src/viewer/look.ts";
import { response, step } from "../support/answers.ts";

const span = (cell: number, line: number) => ({ cell, line, column: 0, end_line: line, end_column: 5 });
const TIMELINE = timelineOf(
  response({
    steps: [
      step({ span: span(0, 1) }),
      step({ span: span(0, 2) }),
      step({ span: span(1, 1) }),
      step({ span: span(1, 3) }),
    ],
  }),
);
const LOOK = { view: "memory", step: null, line: null, of: null };

describe("the step that a text leads to", () => {
  it("is the one of the number that the page shows", () => {
    expect(stepOf({ ...LOOK, step: 1 }, TIMELINE)).toBe(0);
    expect(stepOf({ ...LOOK, step: 3 }, TIMELINE)).toBe(2);
  });

  it("is the last one of a line of a cell", () => {
    expect(stepOf({ ...LOOK, line: { cell: 1, line: 1 } }, TIMELINE)).toBe(2);
    expect(stepOf({ ...LOOK, line: { cell: 0, line: 2 } }, TIMELINE)).toBe(1);
  });

  it("is the end where there is none", () => {
    for (const look of [LOOK, { ...LOOK, step: 9 }, { ...LOOK, line: { cell: 1, line: 7 } }])
      expect(stepOf(look, TIMELINE)).toBeNull();
  });
});
