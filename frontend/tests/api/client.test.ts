import { afterEach, describe, expect, it, vi } from "vitest";

import { faultAt, getJson, postJson } from "../../src/api/client.ts";
import { type Fault, FaultError } from "../../src/api/faults.ts";
import { about } from "../../src/api/routes.ts";
import { run, type RunEvent } from "../../src/api/runs.ts";
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

function answer(body: BodyInit, init: ResponseInit = {}): void {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(body, init)));
}

/** A body that sends some text and then breaks off. */
function breaking(text: string, error: unknown = new TypeError("network")): ReadableStream<Uint8Array> {
  let sent = false;
  return new ReadableStream({
    pull(controller) {
      if (sent) controller.error(error);
      else controller.enqueue(new TextEncoder().encode(text));
      sent = true;
    },
  });
}

function heard(signal = new AbortController().signal): Promise<RunEvent[]> {
  return collect(run({ cells: ["1"] }, signal));
}

async function faultOfPromise(promise: Promise<unknown>): Promise<Fault> {
  const error: unknown = await promise.catch((thrown: unknown) => thrown);
  if (!(error instanceof FaultError)) throw new Error("no fault");
  return error.fault;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

const REQUESTS: readonly (readonly [string, (signal: AbortSignal) => Promise<unknown>])[] = [
  ["a run", heard],
  ["a drawing", (signal) => postJson("graph", {}, signal)],
  ["a derivation", (signal) => postJson("derivation", {}, signal)],
];

describe.each(REQUESTS)("%s", (_, ask) => {
  const fault = (signal = new AbortController().signal): Promise<Fault> => faultOfPromise(ask(signal));

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

  it("is unreachable if nothing answers, and cancelled if it was aborted", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
    expect(await fault()).toEqual({ kind: "unreachable" });
    expect(await fault(AbortSignal.abort())).toEqual({ kind: "cancelled" });
  });

  it("is cut if the answer breaks off, and cancelled if it was aborted meanwhile", async () => {
    answer(breaking("event: queued\n"));
    expect(await fault()).toEqual({ kind: "cut" });
    const abort = new AbortController();
    vi.stubGlobal("fetch", () => {
      abort.abort();
      return Promise.resolve(new Response(breaking("", abort.signal.reason)));
    });
    expect(await fault(abort.signal)).toEqual({ kind: "cancelled" });
  });

  it("is cancelled if it was aborted while a problem came", async () => {
    const abort = new AbortController();
    vi.stubGlobal("fetch", () => {
      abort.abort();
      return Promise.resolve(new Response(breaking("", abort.signal.reason), { status: 503 }));
    });
    expect(await fault(abort.signal)).toEqual({ kind: "cancelled" });
  });
});

describe("an answer in JSON", () => {
  it("is what the route has", async () => {
    answer('{"id":"g1"}');
    expect(await postJson("graph", {})).toEqual({ id: "g1" });
    answer('{"path":"torch"}');
    expect(await getJson("names/torch")).toEqual({ path: "torch" });
  });

  it("is cut if it cannot be read", async () => {
    answer('{"id":');
    expect(await faultOfPromise(postJson("graph", {}))).toEqual({ kind: "cut" });
    answer('{"id":');
    expect(await faultOfPromise(getJson("about"))).toEqual({ kind: "cut" });
  });
});

describe("the events of a run", () => {
  it("come in order, without those that this page does not know", async () => {
    const done = JSON.stringify(response());
    answer(`event: queued\ndata: {"id":"r1","ahead":1}\n\nevent: new\ndata: {}\n\nevent: done\ndata: ${done}\n\n`);
    expect((await heard()).map((event) => event.kind)).toEqual(["queued", "done"]);
  });

  it("end in a fault if one of them is a problem, cannot be read, or if they end early", async () => {
    answer(`event: problem\ndata: ${JSON.stringify({ ...PROBLEM, status: 500 })}\n\n`);
    expect(await faultOfPromise(heard())).toMatchObject({ kind: "broken" });
    answer("event: done\ndata: {\n\n");
    expect(await faultOfPromise(heard())).toEqual({ kind: "cut" });
    answer('event: queued\ndata: {"id":"r1","ahead":0}\n\n');
    expect(await faultOfPromise(heard())).toEqual({ kind: "cut" });
  });
});

describe("an address", () => {
  it("has no fault if something can be had from it", async () => {
    answer("<svg/>");
    expect(await faultAt("/api/v1/graph.svg")).toBeNull();
    answer(JSON.stringify({ ...PROBLEM, status: 422 }), { status: 422 });
    expect(await faultAt("/api/v1/graph.svg")).toMatchObject({ kind: "refused" });
  });
});

describe("what the service is", () => {
  it("is unknown if it does not answer", async () => {
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("failed")));
    expect(await about()).toBeNull();
  });
});
