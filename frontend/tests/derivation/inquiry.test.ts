import { describe, expect, it } from "vitest";

import { FaultError } from "../../src/api/faults.ts";
import type { DerivationRequest, DerivationResponse } from "../../src/api/schema.ts";
import { Inquirer } from "../../src/derivation/inquiry.ts";

function answer(root: string): DerivationResponse {
  return {
    status: "ok",
    message: null,
    derivation: { root, reason: null, text: null, steps: [], leaves: [] },
    environment: { torch: "2", python: "3", device: "cpu", isolation: "strict" },
    timing: { queued_ms: 0, run_ms: 1, render_ms: 0, total_ms: 1 },
  };
}

interface Asked {
  readonly signal: AbortSignal;
  readonly resolve: (answer: DerivationResponse) => void;
  readonly reject: (fault: FaultError) => void;
}

/** A service whose answers the test gives. */
function service() {
  const open: Asked[] = [];
  const ask = (_: DerivationRequest, signal: AbortSignal): Promise<DerivationResponse> =>
    new Promise((resolve, reject) => open.push({ signal, resolve, reject }));
  return { open, ask };
}

describe("an inquiry", () => {
  it("is answered", async () => {
    const { open, ask } = service();
    const kinds: string[] = [];
    const inquirer = new Inquirer(() => kinds.push(inquirer.state.kind));
    const done = inquirer.ask({ code: "1" }, ask);
    open[0]?.resolve(answer("out"));
    await done;
    expect(kinds).toEqual(["asked", "answered"]);
    expect(inquirer.state).toEqual({ kind: "answered", answer: answer("out") });
  });

  it("ends the question before, and drops its answer", async () => {
    const { open, ask } = service();
    const inquirer = new Inquirer(() => undefined);
    const first = inquirer.ask({ code: "1" }, ask);
    const second = inquirer.ask({ code: "2" }, ask);
    expect(open[0]?.signal.aborted).toBe(true);
    open[1]?.resolve(answer("second"));
    open[0]?.resolve(answer("first"));
    await Promise.all([first, second]);
    expect(inquirer.state).toEqual({ kind: "answered", answer: answer("second") });
  });

  it("keeps the answer before while it is open", async () => {
    const { open, ask } = service();
    const inquirer = new Inquirer(() => undefined);
    const first = inquirer.ask({ code: "1" }, ask);
    open[0]?.resolve(answer("first"));
    await first;
    void inquirer.ask({ code: "2" }, ask);
    expect(inquirer.state).toEqual({ kind: "asked", before: answer("first") });
  });

  it("says what kept it from being answered", async () => {
    const { open, ask } = service();
    const inquirer = new Inquirer(() => undefined);
    const done = inquirer.ask({ code: "1" }, ask);
    open[0]?.reject(new FaultError({ kind: "unreachable" }));
    await done;
    expect(inquirer.state).toEqual({ kind: "failed", fault: { kind: "unreachable" } });
  });

  it("is forgotten with its question", async () => {
    const { open, ask } = service();
    const inquirer = new Inquirer(() => undefined);
    const done = inquirer.ask({ code: "1" }, ask);
    inquirer.forget();
    open[0]?.resolve(answer("out"));
    await done;
    expect(inquirer.state).toEqual({ kind: "idle" });
  });
});
