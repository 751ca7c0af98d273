import { describe, expect, it } from "vitest";

import type { DerivationResponse } from "../../src/api/schema.ts";
import { askingOnce, questionOf, startOf } from "../../src/derivation/answers.ts";
import { pass, response } from "../support/answers.ts";

const ANSWER: DerivationResponse = {
  status: "ok",
  message: null,
  derivation: { root: "out", reason: null, text: null, steps: [], leaves: [] },
  environment: { torch: "2", python: "3", device: "cpu", isolation: "strict" },
  timing: { queued_ms: 0, run_ms: 1, render_ms: 0, total_ms: 1 },
};

describe("a question about a run", () => {
  const { signal } = new AbortController();

  it("is asked once, and anew about another run", async () => {
    let asked = 0;
    const ask = () => Promise.resolve({ ...ANSWER, message: String(++asked) });
    const run = response();
    const first = await askingOnce(run, ask)(questionOf(["1"], "en", { of: "" }), signal);
    expect(await askingOnce(run, ask)(questionOf(["1"], "en", { of: "" }), signal)).toBe(first);
    expect(await askingOnce(run, ask)(questionOf(["1"], "en", { of: "loss" }), signal)).not.toBe(first);
    expect(await askingOnce(response(), ask)(questionOf(["1"], "en", { of: "" }), signal)).not.toBe(first);
    expect(asked).toBe(3);
  });

  it("is asked again where it was not answered", async () => {
    const run = response();
    const failing = () => Promise.reject(new Error("gone"));
    await expect(askingOnce(run, failing)(questionOf(["1"], "en", { of: "" }), signal)).rejects.toThrow("gone");
    const ended = { ...ANSWER, derivation: null };
    expect(await askingOnce(run, () => Promise.resolve(ended))(questionOf(["1"], "en", { of: "" }), signal)).toBe(
      ended,
    );
    expect(await askingOnce(run, () => Promise.resolve(ANSWER))(questionOf(["1"], "en", { of: "" }), signal)).toBe(
      ANSWER,
    );
  });
});

describe("the start of a pass", () => {
  const root = (name: string) => ({ function: "f1", slot: 0, name, tensor: null, gradient: null });
  const early = pass({ id: "b1", roots: [root("first")] });
  const nameless = pass({ id: "b2", roots: [root("(x * 2).sum()")] });
  const several = pass({ id: "b3", roots: [root("a"), root("b")] });
  const last = pass({ id: "b4", roots: [root("(x * 3).sum()")] });
  const run = response({ backwards: [early, nameless, several, last] });

  it("is the pass itself, and of the last one what the view of derivations asks about", () => {
    expect(startOf(run, last)).toEqual({ of: "" });
    expect(startOf(run, early)).toEqual({ backward: "b1" });
    expect(startOf(run, nameless)).toEqual({ backward: "b2" });
  });

  it("is not known where several tensors were it", () => {
    expect(startOf(run, several)).toBeNull();
  });
});
