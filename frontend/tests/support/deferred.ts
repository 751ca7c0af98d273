/** An answer whose values are deferred, and a service that has the chunks of them. */

import { vi } from "vitest";

import type { DeferredValues, RunResponse } from "../../src/api/schema.ts";
import type { AwaitedValues, Missing, WholeValues } from "../../src/api/values.ts";
import { full, layout, response, step, tensor } from "./answers.ts";

/** Values that an answer has deferred. */
export function deferred(chunk: number, index = 0): DeferredValues {
  return { kind: "deferred", chunk, index };
}

export function awaited(chunk: number, missing: Missing | null = null): AwaitedValues {
  return { kind: "awaited", chunk, missing };
}

/** x = [0, 0]; then x += 1 so many times. Each value but the last is in a chunk of its own. */
export function counting(times: number, id = "r1"): RunResponse {
  const steps = Array.from({ length: times }, (_, at) =>
    step({ ref: `op${at}`, outputs: ["t1"], changed: [{ id: "t1", version: at }] }),
  );
  const history = steps.map((_, at) => ({
    step: at,
    version: at,
    values: at === times - 1 ? null : deferred(at),
  }));
  const x = { id: "t1", names: ["x"], layout: layout({ shape: [2] }), values: full([times - 1, times - 1]), history };
  return response({ id, steps, tensors: [tensor(x)] });
}

/** A request for a chunk. */
interface AskedChunk {
  readonly path: string;
  readonly signal: AbortSignal;
  readonly answer: (values: readonly WholeValues[]) => Promise<void>;
  /** Answer with this status; null: not at all. */
  readonly fail: (status: number | null) => Promise<void>;
}

/** The requests for chunks, as they come. */
export function service(): AskedChunk[] {
  const asked: AskedChunk[] = [];
  vi.stubGlobal("fetch", (path: string, init: RequestInit) => {
    const signal = init.signal ?? new AbortController().signal;
    return new Promise<Response>((resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(new DOMException("", "AbortError"));
      });
      // All that follows from an answer has been done when the next task begins.
      const settled = (): Promise<void> => new Promise((after) => setTimeout(after));
      asked.push({
        path,
        signal,
        answer: (values) => {
          resolve(Response.json({ values }));
          return settled();
        },
        fail: (status) => {
          if (status === null) reject(new TypeError("offline"));
          else resolve(Response.json({ title: "" }, { status }));
          return settled();
        },
      });
    });
  });
  return asked;
}
