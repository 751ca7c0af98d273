import { afterEach, describe, expect, it, vi } from "vitest";

import type { WindowRequest } from "../../../src/api/schema.ts";
import { TileLoader } from "../../../src/values/heat-map/loader.ts";
import type { Tile } from "../../../src/values/heat-map/pyramid.ts";

interface Asked {
  readonly body: WindowRequest;
  readonly signal: AbortSignal;
  readonly answer: (window: object | null, message?: string) => void;
}

const SUBJECT = { cells: ["x"], subject: "t1", gradient: false, step: null };
const FIRST: Tile = { level: 0, row: 0, column: 0 };
const TILES: readonly Tile[] = [FIRST, { ...FIRST, column: 1 }, { ...FIRST, column: 2 }];

function asking(): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    const signal = init.signal ?? new AbortController().signal;
    return new Promise<Response>((resolve, reject) => {
      signal.addEventListener("abort", () => {
        reject(new DOMException("", "AbortError"));
      });
      asked.push({
        body: JSON.parse(init.body as string) as WindowRequest,
        signal,
        answer: (window, message) => {
          resolve(Response.json({ status: "ok", message: message ?? null, window }));
        },
      });
    });
  });
  return asked;
}

function numbers(columns: readonly number[]): object {
  const rows = [0, 1];
  const data = btoa("\0".repeat((columns[1] ?? 0) - (columns[0] ?? 0)));
  const reason = null;
  return {
    reason,
    dtype: "torch.uint8",
    rows,
    columns,
    block: [1, 1],
    format: "uint8",
    complex: false,
    data,
    minimum: "",
    maximum: "",
  };
}

afterEach(() => {
  vi.unstubAllGlobals();
});

describe("the tiles of a matrix", () => {
  it("are asked for two at a time, in order, each for its part", async () => {
    const asked = asking();
    const changed = vi.fn();
    const loader = new TileLoader(SUBJECT, 1, 600, changed);
    loader.want(TILES);
    expect(asked.map(({ body }) => body.columns)).toEqual([
      [0, 256],
      [256, 512],
    ]);
    asked[0]?.answer(numbers([0, 256]));
    await vi.waitFor(() => {
      expect(asked.map(({ body }) => body.columns).at(2)).toEqual([512, 600]);
    });
    expect(loader.tile(FIRST)?.columns).toEqual([0, 256]);
    expect(changed).toHaveBeenCalledOnce();
  });

  it("are given up when they are no longer wanted, and not asked for again when they are there", async () => {
    const asked = asking();
    const loader = new TileLoader(SUBJECT, 1, 600, () => undefined);
    loader.want(TILES.slice(0, 1));
    loader.want(TILES.slice(1, 2));
    expect(asked.map(({ signal }) => signal.aborted)).toEqual([true, false]);
    asked[1]?.answer(numbers([256, 512]));
    await vi.waitFor(() => {
      expect(loader.busy).toBe(false);
    });
    loader.want(TILES.slice(1, 2));
    expect(asked).toHaveLength(2);
  });

  it("say why they cannot be had, and are not asked for any more", async () => {
    const asked = asking();
    const loader = new TileLoader(SUBJECT, 1, 600, () => undefined);
    loader.want(TILES.slice(0, 1));
    asked[0]?.answer({ ...numbers([0, 256]), reason: "not_kept", text: "Not kept." });
    await vi.waitFor(() => {
      expect(loader.failure).toBe("Not kept.");
    });
    loader.want(TILES);
    expect(asked).toHaveLength(1);
  });
});
