import { afterEach, describe, expect, it, vi } from "vitest";

import { about, run, type RunEvent } from "../../src/api/client.ts";
import { type Fault, FaultError } from "../../src/api/faults.ts";
import { collect } from "../support/collect.ts";
import { response } from "../support/answers.ts";

const PROBLEM = {
  type: "/problems/overloaded",
  title: "Overloaded",
  status: 503,
  detail: "Later",
  request_id: "q",
  errors: [],
};

function answer(body: string, init: ResponseInit = {}): void {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, init)));
}

function heard(signal = new AbortController().signal): Promise<RunEvent[]> {
  return collect(run({ cells: ["1"] }, signal));
}

async function fault(signal?: AbortSignal): Promise<Fault> {
  const error: unknown = await heard(signal).catch((thrown: unknown) => thrown);
  if (!(error instanceof FaultError)) throw new Error("no fault");
  return error.fault;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("a run", () => {
  it("tells its events in order, and skips those it does not know", async () => {
    const done = JSON.stringify(response());
    answer(`event: queued\ndata: {"id":"r1","ahead":1}\n\nevent: new\ndata: {}\n\nevent: done\ndata: ${done}\n\n`);
    expect((await heard()).map((event) => event.kind)).toEqual(["queued", "done"]);
  });

  it("is overloaded until the time that Retry-After gives", async () => {
    answer(JSON.stringify(PROBLEM), { status: 503, headers: { "Retry-After": "7" } });
    const before = Date.now();
    const found = await fault();
    if (found.kind !== "overloaded") throw new Error(found.kind);
    expect(found.retryAt).toBeGreaterThanOrEqual(before + 7000);
    expect(found.problem.detail).toBe("Later");
  });

  it("is refused with a problem below 500, and broken by one above, or by no problem at all", async () => {
    answer(JSON.stringify({ ...PROBLEM, status: 422 }), { status: 422 });
    expect(await fault()).toMatchObject({ kind: "refused" });
    answer(JSON.stringify({ ...PROBLEM, status: 500 }), { status: 500 });
    expect(await fault()).toMatchObject({ kind: "broken", problem: { request_id: "q" } });
    answer("<html>", { status: 502 });
    expect(await fault()).toEqual({ kind: "broken", problem: null });
  });

  it("is broken by a problem in the stream", async () => {
    answer(`event: problem\ndata: ${JSON.stringify({ ...PROBLEM, status: 500 })}\n\n`);
    expect(await fault()).toMatchObject({ kind: "broken" });
  });

  it("is cut where the stream ends early", async () => {
    answer('event: queued\ndata: {"id":"r1","ahead":0}\n\n');
    expect(await fault()).toEqual({ kind: "cut" });
  });

  it("is unreachable where nothing answers, and cancelled where the person ended it", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
    expect(await fault()).toEqual({ kind: "unreachable" });
    expect(await fault(AbortSignal.abort())).toEqual({ kind: "cancelled" });
  });
});

describe("what the service is", () => {
  it("is unknown where it does not answer", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
    expect(await about()).toBeNull();
  });
});
