import { describe, expect, it } from "vitest";

import { newsOf } from "../../src/element/messages.ts";

describe("a message of a frame", () => {
  it("is heard if it is one of ours, with a height within bounds", () => {
    const height = (value: unknown): unknown => newsOf({ source: "tensorpad", type: "height", height: value });
    expect(height(120.2)).toEqual({ type: "height", height: 121 });
    expect(height(1e9)).toEqual({ type: "height", height: 20_000 });
    expect(height(-1)).toEqual({ type: "height", height: 40 });
    for (const wrong of ["120", NaN, Infinity, null]) expect(height(wrong)).toBeNull();
    const detail = { id: "r1", status: "ok" };
    expect(newsOf({ source: "tensorpad", type: "run", detail, more: 1 })).toEqual({ type: "run", detail });
  });

  it("is not heard if it is anything else", () => {
    for (const data of [
      null,
      "tensorpad",
      [],
      { source: "other", type: "run", detail: {} },
      { source: "tensorpad", type: "close", detail: {} },
      { source: "tensorpad", type: "run", detail: "text" },
    ])
      expect(newsOf(data)).toBeNull();
  });
});
