import { describe, expect, it } from "vitest";

import { Reporter, wishOf } from "../../src/framed/messages.ts";
import { cell, response } from "../support/answers.ts";

describe("a message to the page", () => {
  const to = (data: object) => wishOf({ target: "tensorpad", ...data });

  it("is a wish if it has the shape of one", () => {
    expect(to({ type: "goto", step: 3 })).toEqual({ kind: "goto", step: 3 });
    expect(to({ type: "goto", step: null })).toEqual({ kind: "goto", step: null });
    expect(to({ type: "view", view: "steps" })).toEqual({ kind: "view", view: "steps" });
    expect(to({ type: "of", of: "loss" })).toEqual({ kind: "of", of: "loss" });
    expect(to({ type: "theme", theme: "auto" })).toEqual({ kind: "theme", theme: "system" });
    expect(to({ type: "lang", lang: "zh-CN" })).toEqual({ kind: "lang", lang: "zh-CN" });
    expect(to({ type: "height" })).toEqual({ kind: "height" });
    expect(to({ type: "run" })).toEqual({ kind: "run" });
    expect(to({ type: "stop" })).toEqual({ kind: "stop" });
  });

  it("is ignored if it has not", () => {
    for (const data of [
      { type: "goto" },
      { type: "goto", step: "3" },
      { type: "goto", step: -1 },
      { type: "goto", step: 0.5 },
      { type: "view", view: "everything" },
      { type: "of", of: 3 },
      { type: "theme", theme: "system" },
      { type: "lang", lang: "fr" },
      { type: "reset" },
      {},
    ])
      expect(to(data)).toBeNull();
    for (const data of [null, "run", 7, [], { type: "run" }, { target: "other", type: "run" }])
      expect(wishOf(data)).toBeNull();
  });
});

describe("what the page around is told", () => {
  const activity = { id: "https://pad.test/s/x", name: "Program", lang: "en" } as const;
  const look = (step: number) =>
    ({ kind: "step", step, count: 2, line: 4, cell: 0, sentence: "`y` was made." }) as const;

  it("of a look is the view, and the variable whose graph is shown", () => {
    const told = new Reporter().of({ kind: "look", view: "memory", of: "loss" }, activity);
    expect(told).toEqual([{ type: "look", detail: { view: "memory", of: "loss" } }]);
  });

  it("of a run is how it ended, and the experience that it was", () => {
    const ran = response({ id: "r7", timing: { queued_ms: 0, run_ms: 1, render_ms: 1, total_ms: 250 } });
    expect(new Reporter().of({ kind: "ran", response: ran }, activity)).toMatchObject([
      { type: "run", detail: { id: "r7", status: "ok", seconds: 0.25 } },
      {
        type: "answer",
        detail: {
          verb: { id: "http://adlnet.gov/expapi/verbs/experienced" },
          object: { objectType: "Activity", id: activity.id, definition: { name: { en: "Program" } } },
          result: { completion: true, success: true, duration: "PT0.25S" },
        },
      },
    ]);
  });

  it("of a program that fails is its error, with the line", () => {
    const error = {
      type: "ValueError",
      message: "no",
      line: 3,
      column: 0,
      end_line: 3,
      end_column: 1,
      cell: null,
      traceback: "",
      explanation: null,
      suggestion: null,
      refused: false,
    };
    const failed = response({ status: "error", cells: [cell({ status: "error", error })] });
    expect(new Reporter().of({ kind: "ran", response: failed }, activity)[1]).toEqual({
      type: "error",
      detail: { type: "ValueError", message: "no", line: 3 },
    });
    const killed = response({ status: "timeout", message: "It ran too long." });
    expect(new Reporter().of({ kind: "ran", response: killed }, activity)[1]).toEqual({
      type: "error",
      detail: { type: "timeout", message: "It ran too long." },
    });
    expect(new Reporter().of({ kind: "failed", fault: { kind: "unreachable" } }, activity)).toEqual([
      { type: "error", detail: { type: "unreachable", message: "" } },
    ]);
  });

  it("of a step is its sentence each time, and an experience once", () => {
    const reporter = new Reporter();
    const types = (step: number) => reporter.of(look(step), activity).map(({ type }) => type);
    expect(reporter.of(look(0), activity)).toMatchObject([
      { type: "step", detail: { step: 0, of: 2, line: 4, cell: 0, sentence: "`y` was made." } },
      { type: "answer", detail: { object: { id: "https://pad.test/s/x/step/0" }, result: { completion: false } } },
    ]);
    expect(types(0)).toEqual(["step"]);
    expect(types(1)).toEqual(["step", "answer"]);
    expect(types(1)).toEqual(["step"]);
  });
});
