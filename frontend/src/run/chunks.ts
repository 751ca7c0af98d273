/**
 * The values that an answer deferred, chunk by chunk: each chunk is asked for once, when values of it are looked at. Its
 * neighbours follow, for whoever steps on comes to one of them.
 */

import { FaultError } from "../api/faults.ts";
import type { RunResponse } from "../api/schema.ts";
import { source } from "../api/source.ts";
import type { Missing, SentValues, Values } from "../api/values.ts";
import { type Arrived, chunkOf, NOTHING_ARRIVED, withChunk, withMissing } from "./arrived.ts";

/** So many chunks are asked for at once. */
const AT_ONCE = 3;

/** What is asked for of one answer. */
interface Asking {
  readonly answer: RunResponse;
  readonly count: number;
  readonly abort: AbortController;
  readonly looked: Set<number>;
  readonly loading: Set<number>;
  /** What is still to be asked for, the most urgent last. */
  wanted: readonly number[];
}

/** Keeps the chunks of the newest answer. `changed` is called when something that is looked at has come, or will not. */
export class Chunks {
  readonly #changed: () => void;
  #asking: Asking | null = null;
  #arrived = NOTHING_ARRIVED;

  constructor(changed: () => void) {
    this.#changed = changed;
  }

  /** What has come of the values that an answer deferred. Whatever another answer still waits for is given up. */
  arrived(answer: RunResponse): Arrived {
    if (answer !== this.#asking?.answer) {
      this.#asking?.abort.abort();
      this.#arrived = NOTHING_ARRIVED;
      this.#asking = {
        answer,
        count: countOf(answer),
        abort: new AbortController(),
        looked: new Set(),
        loading: new Set(),
        wanted: [],
      };
    }
    return this.#arrived;
  }

  /** Whether the service no longer has the run, as it said when it was asked for values that are looked at. */
  get gone(): boolean {
    return [...this.#arrived.missing.values()].includes("gone");
  }

  /** Values are looked at: have them, and those of the steps around them. */
  look(answer: RunResponse, values: readonly Values[]): void {
    this.arrived(answer);
    const asking = this.#asking;
    const chunks = values.flatMap((one) => chunkOf(one) ?? []);
    if (asking === null || chunks.every((chunk) => asking.looked.has(chunk))) return;
    for (const chunk of chunks) asking.looked.add(chunk);
    const around = [Math.min(...chunks) - 1, Math.max(...chunks) + 1];
    const next = new Set([...around.filter((chunk) => chunk >= 0 && chunk < asking.count), ...chunks]);
    asking.wanted = [...asking.wanted.filter((chunk) => !next.has(chunk)), ...next];
    this.#next(asking);
  }

  /** Ask again for what did not come. */
  retry(): void {
    const asking = this.#asking;
    if (asking === null) return;
    const { chunks, missing } = this.#arrived;
    this.#arrived = { chunks, missing: new Map() };
    asking.wanted = [...asking.wanted, ...missing.keys()];
    this.#next(asking);
    this.#changed();
  }

  /** Give up whatever has not come. */
  close(): void {
    this.#asking?.abort.abort();
    this.#asking = null;
  }

  #next(asking: Asking): void {
    while (asking.loading.size < AT_ONCE) {
      const chunk = asking.wanted.at(-1);
      if (chunk === undefined) return;
      asking.wanted = asking.wanted.slice(0, -1);
      const { chunks, missing } = this.#arrived;
      if (!chunks.has(chunk) && !missing.has(chunk) && !asking.loading.has(chunk)) void this.#load(asking, chunk);
    }
  }

  async #load(asking: Asking, chunk: number): Promise<void> {
    const { answer, abort, loading, looked } = asking;
    loading.add(chunk);
    try {
      const { values } = await source().chunk(answer.id, chunk, abort.signal);
      if (asking !== this.#asking) return;
      this.#arrived = withChunk(this.#arrived, chunk, values);
    } catch (error) {
      if (asking !== this.#asking) return;
      // What nobody looked at is asked for again when somebody does.
      if (looked.has(chunk)) this.#arrived = withMissing(this.#arrived, chunk, reasonOf(error));
    }
    loading.delete(chunk);
    if (looked.has(chunk)) this.#changed();
    this.#next(asking);
  }
}

function reasonOf(error: unknown): Missing {
  return error instanceof FaultError && error.status === 404 ? "gone" : "unreached";
}

/** How many chunks an answer has: values are in all of them. */
function countOf({ tensors, arrays, backwards }: RunResponse): number {
  let count = 0;
  const see = (values: SentValues | null): void => {
    if (values?.kind === "deferred") count = Math.max(count, values.chunk + 1);
  };
  for (const { values, history } of [...tensors, ...arrays]) {
    see(values);
    for (const version of history) see(version.values);
  }
  for (const { grad, grad_changes } of tensors) {
    see(grad);
    for (const change of grad_changes) see(change.values);
  }
  for (const { gradients } of backwards) gradients.forEach(see);
  return count;
}
