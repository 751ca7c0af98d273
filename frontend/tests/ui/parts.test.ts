import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it, vi } from "vitest";

import { parts } from "../../src/ui/parts.ts";

/** A part that cannot be loaded as long as the network is down. */
function unsteady(): { part: () => Promise<string>; network: { up: boolean }; asked: () => number } {
  const network = { up: false };
  const part = vi.fn(() => (network.up ? Promise.resolve("there") : Promise.reject(new Error("offline"))));
  return { part, network, asked: () => part.mock.calls.length };
}

describe("a part that cannot be loaded", () => {
  it("is missing until it is tried again with success, and then handed to all who waited", async () => {
    const { part, network } = unsteady();
    const changes = vi.fn();
    parts.addEventListener("change", changes);
    const ready = [vi.fn(), vi.fn()] as const;
    parts.load(part, ready[0]);
    await vi.waitUntil(() => parts.missing);
    parts.load(part, ready[1]);
    await parts.retry();
    expect(parts.missing).toBe(true);
    network.up = true;
    await parts.retry();
    expect(parts.missing).toBe(false);
    expect(ready.map(({ mock }) => mock.calls)).toEqual([[["there"]], [["there"]]]);
    expect(changes.mock.calls.length).toBeGreaterThan(1);
  });

  it("is not asked for at each change of a view that needs it", async () => {
    const { part, network, asked } = unsteady();
    parts.load(part);
    await vi.waitUntil(() => parts.missing);
    parts.load(part);
    parts.load(part);
    expect(asked()).toBe(1);
    network.up = true;
    await parts.retry();
  });
});

describe("parts", () => {
  it("are loaded by `parts` alone, which says what is missing", () => {
    const others = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .filter((path) => /(?:void|await)\s+import\(/.test(readFileSync(join("src", path), "utf8")));
    // Descriptions of operations are awaited within what `parts` loads.
    expect(others).toEqual([join("i18n", "operations.ts")]);
  });
});
