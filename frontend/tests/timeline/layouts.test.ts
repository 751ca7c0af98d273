import { describe, expect, it } from "vitest";

import { madeIn } from "../../src/program/editor/made.ts";
import { locale } from "../../src/i18n/index.ts";
import { difference, laidBy, relaid } from "../../src/timeline/layouts.ts";
import { sentence } from "../../src/steps/sentence.ts";
import { timelineOf } from "../../src/timeline/timeline.ts";
import { cardOf } from "../../src/values/cards.ts";
import { holdingsAt } from "../../src/timeline/holdings.ts";
import { relaidRun } from "../support/answers.ts";

const RUN = relaidRun();
const timeline = timelineOf(RUN);
const said = (index: number) => sentence(timeline, index, locale.of("en").said);

describe("a tensor that is laid out anew", () => {
  it("has the layout that it had at each step, and its own at the end", () => {
    const at = (index: number | null) => timeline.version("t1", index)?.member;
    expect(at(0)?.layout).toMatchObject({ shape: [2, 3], stride: [3, 1], dtype: "torch.float32", storage: "s1" });
    expect(at(1)?.layout).toMatchObject({ shape: [3, 2], stride: [1, 3], storage: "s1" });
    expect(at(null)).toBe(timeline.member("t1"));
    expect(at(0)).toBe(at(0));
  });

  it("is told from one that is written", () => {
    expect(relaid(timeline, "t1", 0)).toBeNull();
    const [first, second] = [relaid(timeline, "t1", 1), relaid(timeline, "t1", 2)];
    expect(first && difference(first)).toEqual({ kind: "shape", from: "(2, 3) float32", to: "(3, 2) float32" });
    expect(second && difference(second).kind).toBe("memory");
    const turned = timeline.operation("op2");
    expect(turned && laidBy(timeline, turned)?.id).toBe("t1");
  });

  it("is described by how it lies and lay", () => {
    expect(said(1)).toBe(
      "`x.t_()` ran. Its version went from 0 to 1. `x` is now (3, 2) float32; it was (2, 3) float32.",
    );
    expect(said(2)).toBe("`x` now looks at other memory: it is (1,) float64, and was (3, 2) float32.");
  });

  it("has the shape of then on its card, and no element marked that cannot be compared", () => {
    const [holding] = holdingsAt(timeline, 1);
    if (holding === undefined) throw new Error("no tensor");
    const card = cardOf(timeline, 1, holding, []);
    expect(card.member.layout.shape).toEqual([3, 2]);
    expect(card.storage?.id).toBe("s1");
    expect(card.layers[0]?.changed.size).toBe(0);
  });

  it("has the shape of then in the hints beside the lines", () => {
    const span = (line: number) => ({ cell: 0, line, column: 0, end_line: line, end_column: 9 });
    const statement = { kind: "statement", name: "" } as const;
    const [made, turned, given] = RUN.steps;
    if (made === undefined || turned === undefined || given === undefined) throw new Error("no steps");
    const steps = [made, turned, { ...given, ...statement, span: span(2) }];
    const hints = madeIn(timelineOf({ ...RUN, steps }), 0, null);
    expect(hints.flatMap((line) => line.made.map(({ text }) => text))).toEqual(["(1,) float64"]);
  });
});
