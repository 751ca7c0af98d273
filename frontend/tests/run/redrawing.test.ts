import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { Redrawing } from "../../src/run/redrawing.ts";
import { graph, response } from "../support/answers.ts";

const OUTLINE = { svg: null, dot: null, like: "g3" };
const answer = {
  cells: [{ key: 0, code: "…" }],
  response: response({
    graphs: [
      graph({ id: "g1", ...OUTLINE }),
      graph({ id: "g2", ...OUTLINE }),
      graph({ id: "g3", svg: "<svg>g3</svg>" }),
    ],
  }),
};

const made = (id: string) => graph({ id, svg: `<svg>${id}</svg>` });

/** A service that answers when it is told to. */
class Service {
  readonly asked: { readonly graph: string; readonly signal: AbortSignal | null | undefined }[] = [];
  readonly #answers: ((answer: Response) => void)[] = [];

  fetch(_: string, init: RequestInit): Promise<Response> {
    const { graph: id } = JSON.parse(init.body as string) as { graph: string };
    this.asked.push({ graph: id, signal: init.signal });
    return new Promise((resolve) => this.#answers.push(resolve));
  }

  answer(index: number, status = 200): void {
    this.#answers[index]?.(new Response(JSON.stringify(made(this.asked[index]?.graph ?? "")), { status }));
  }
}

describe("an outline that is looked at", () => {
  const changed = vi.fn();
  let service = new Service();
  let redrawing = new Redrawing(changed);

  beforeEach(() => {
    vi.useFakeTimers();
    service = new Service();
    vi.stubGlobal("fetch", service.fetch.bind(service));
    redrawing = new Redrawing(changed);
    redrawing.shown(answer.response);
    changed.mockClear();
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it("is drawn, and stays so", async () => {
    expect(redrawing.progress("g1")).toBe("drawing");
    redrawing.look(answer, "g1", "en");
    await vi.runAllTimersAsync();
    redrawing.look(answer, "g1", "en");
    expect(service.asked.map((one) => one.graph)).toEqual(["g1"]);
    service.answer(0);
    await vi.waitFor(() => {
      expect(changed).toHaveBeenCalledOnce();
    });
    expect(redrawing.progress("g1")).toBeNull();
    const [first, second] = redrawing.shown(answer.response).graphs;
    expect(first).toMatchObject({ svg: "<svg>g1</svg>", like: "g3" });
    expect(second?.svg).toBeNull();
    redrawing.look(answer, "g1", "en");
    await vi.runAllTimersAsync();
    expect(service.asked).toHaveLength(1);
  });

  it("is not asked for where it is only passed by, and is left where another is looked at", async () => {
    redrawing.look(answer, "g1", "en");
    redrawing.look(answer, "g2", "en");
    await vi.runAllTimersAsync();
    expect(service.asked.map((one) => one.graph)).toEqual(["g2"]);
    redrawing.look(answer, "g3", "en");
    expect(service.asked[0]?.signal?.aborted).toBe(true);
    await vi.runAllTimersAsync();
    expect(service.asked).toHaveLength(1);
  });

  it("is tried again on a wish where it failed", async () => {
    redrawing.look(answer, "g1", "en");
    await vi.runAllTimersAsync();
    service.answer(0, 503);
    await vi.waitFor(() => {
      expect(redrawing.progress("g1")).toBe("failed");
    });
    redrawing.look(answer, "g1", "en");
    await vi.runAllTimersAsync();
    expect(service.asked).toHaveLength(1);
    redrawing.retry("g1");
    redrawing.look(answer, "g1", "en");
    await vi.runAllTimersAsync();
    expect(service.asked).toHaveLength(2);
  });
});
