import { describe, expect, it } from "vitest";

import { locale } from "../../src/i18n/index.ts";
import { announcement } from "../../src/run/announcement.ts";
import { notebook } from "../../src/run/notebook.ts";
import { next, type Session } from "../../src/run/session.ts";
import { cell, cellError, response } from "../support/answers.ts";

const cells = notebook(["1", "oops"]);
const started = next({ kind: "idle" }, { kind: "started", ticket: 1, at: 0, cells });
const said = (session: Session): string | null => announcement(session, locale.of("en"));

describe("the news of a run", () => {
  it("is that it has begun, and nothing while it goes on", () => {
    expect(said(started)).toBe("Running");
    const queued = { kind: "queued", id: "r1", ahead: 0 } as const;
    expect(said(next(started, { kind: "heard", ticket: 1, event: queued }))).toBeNull();
  });

  it("is how it has ended, and in which cell it failed", () => {
    const answer = response({ cells: [cell(), cell()] });
    expect(said({ kind: "done", answer: { cells, response: answer } })).toBe("The run has ended: 0 variables.");
    const error = {
      type: "NameError",
      message: "",
      line: 1,
      column: 0,
      end_line: 1,
      end_column: 4,
      traceback: "",
      suggestion: null,
      refused: false,
      cell: null,
      explanation: null,
    };
    const failed = response({ cells: [cell(), cell({ status: "error", error })] });
    expect(said({ kind: "done", answer: { cells, response: failed } })).toBe("The run ended in cell 2 with NameError.");
  });

  it("calls a cell what the page calls it", () => {
    const titled = (text: string | null): string | null =>
      said({
        kind: "done",
        answer: {
          cells,
          response: response({
            cells: [
              cell({ title: "program 1" }),
              cell({ title: "program 6", error: text === null ? null : cellError({ type: text, message: "" }) }),
            ],
          }),
        },
      });
    expect(titled(null)).toBe("The run has ended: 0 variables.");
    expect(titled("NameError")).toBe("The run ended in program 6 with NameError.");
  });

  it("is that it was run again, if the page did that by itself", () => {
    const again = { cells, response: response({ cells: [cell()] }), again: true };
    expect(said({ kind: "done", answer: again })).toBe(
      "The service no longer had the values of this run, so it was run again.",
    );
  });
});
