import { describe, expect, it } from "vitest";

import type { RunEvent } from "../../src/api/runs.ts";
import { notebook } from "../../src/run/notebook.ts";
import { next, type Session, type SessionEvent } from "../../src/run/session.ts";
import { viewOf } from "../../src/run/cell-view.ts";
import { cell, response } from "../support/answers.ts";

const cells = notebook(["print(1)", "2"]);
const started = (ticket: number): SessionEvent => ({ kind: "started", ticket, at: 0, cells });
const heard = (ticket: number, event: RunEvent): SessionEvent => ({ kind: "heard", ticket, event });
const done = (ticket: number, id = "r1"): SessionEvent =>
  heard(ticket, { kind: "done", response: response({ id, cells: [cell(), cell()] }) });
const after = (...events: SessionEvent[]): Session => events.reduce<Session>(next, { kind: "idle" });

describe("a session", () => {
  it("waits, runs and is done", () => {
    expect(after(started(1))).toMatchObject({ kind: "running", phase: { kind: "sent" } });
    const queued = heard(1, { kind: "queued", id: "r1", ahead: 2 });
    expect(after(started(1), queued)).toMatchObject({ phase: { kind: "queued", ahead: 2 } });
    expect(after(started(1), queued, done(1))).toMatchObject({ kind: "done", answer: { response: { id: "r1" } } });
  });

  it("gathers what a cell prints while it runs", () => {
    const print = (text: string): SessionEvent => heard(1, { kind: "output", cell: 0, stream: "stdout", text });
    const session = after(started(1), print("a"), print("b"));
    expect(viewOf(session, { key: 0, code: "print(1)" })).toMatchObject({ kind: "running", stdout: "ab" });
    expect(viewOf(session, { key: 1, code: "2" })).toMatchObject({ kind: "waiting" });
  });

  it("drops what comes from an older run", () => {
    const session = after(started(1), started(2), done(1, "old"));
    expect(session).toMatchObject({ kind: "running", ticket: 2 });
    expect(next(session, { kind: "failed", ticket: 1, fault: { kind: "cut" } })).toBe(session);
  });

  it("keeps the last answer through a run that fails", () => {
    const session = after(started(1), done(1), started(2), {
      kind: "failed",
      ticket: 2,
      fault: { kind: "unreachable" },
    });
    expect(session).toMatchObject({ kind: "failed", previous: { response: { id: "r1" } } });
  });

  it("knows a cell that was edited since its run, and one that was never run", () => {
    const session = after(started(1), done(1));
    expect(viewOf(session, { key: 1, code: "2" })).toMatchObject({ kind: "ended", edited: false });
    expect(viewOf(session, { key: 1, code: "3" })).toMatchObject({ kind: "ended", edited: true });
    expect(viewOf(session, { key: 9, code: "" })).toEqual({ kind: "empty" });
  });
});
