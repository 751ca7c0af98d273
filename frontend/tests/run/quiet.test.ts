import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import type { RunEvent } from "../../src/api/runs.ts";
import { DEBOUNCE_MS, Live } from "../../src/run/live.ts";
import { PATIENCE_MS, Quiet, SHOWN_AFTER_MS } from "../../src/run/quiet.ts";
import type { SessionEvent } from "../../src/run/session.ts";
import { cell, response } from "../support/answers.ts";

const started: SessionEvent = { kind: "started", ticket: 1, at: 0, cells: [] };
const heard = (event: RunEvent): SessionEvent => ({ kind: "heard", ticket: 1, event });
const printed = heard({ kind: "output", cell: 0, stream: "stdout", text: "a" });
const done = heard({ kind: "done", response: response() });
const error = {
  type: "NameError",
  message: "",
  line: 1,
  column: 0,
  end_line: 1,
  end_column: 1,
  traceback: "",
  suggestion: null,
  refused: false,
  cell: null,
  explanation: null,
};
const failed = heard({ kind: "done", response: response({ cells: [cell({ status: "error", error })] }) });

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("a quiet run", () => {
  let passed: SessionEvent[] = [];
  let quiet = new Quiet(() => undefined);
  beforeEach(() => {
    passed = [];
    quiet = new Quiet((event) => passed.push(event));
    quiet.take(started);
  });

  it("is shown all at once when it has ended", () => {
    quiet.take(printed);
    expect(passed).toEqual([]);
    quiet.take(done);
    expect(passed).toEqual([started, printed, done]);
  });

  it("is shown as it goes on where it takes long", () => {
    vi.advanceTimersByTime(SHOWN_AFTER_MS);
    expect(passed).toEqual([started]);
    quiet.take(printed);
    expect(passed).toEqual([started, printed]);
  });

  it("keeps an error to itself for a while", () => {
    quiet.take(failed);
    vi.advanceTimersByTime(PATIENCE_MS - 1);
    expect(passed).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(passed).toEqual([started, failed]);
  });

  it("tells nothing any more when it is dropped", () => {
    quiet.take(failed);
    quiet.drop();
    vi.advanceTimersByTime(PATIENCE_MS);
    expect(passed).toEqual([]);
  });

  it("tells at once that the service does not answer", () => {
    const fault: SessionEvent = { kind: "failed", ticket: 1, fault: { kind: "unreachable" } };
    quiet.take(fault);
    expect(passed).toEqual([started, fault]);
  });
});

describe("live mode", () => {
  it("runs once when typing rests", () => {
    const run = vi.fn();
    const live = new Live(run);
    for (let key = 0; key < 3; key += 1) {
      live.edited();
      vi.advanceTimersByTime(DEBOUNCE_MS - 1);
    }
    expect(run).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(1);
    live.edited();
    live.stop();
    vi.advanceTimersByTime(DEBOUNCE_MS);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
