import { describe, expect, it } from "vitest";

import { type Place, placeOf, START, written } from "../../../src/app/views/place.ts";

describe("a place", () => {
  it("comes back as it was written", () => {
    const place: Place = { view: "memory", step: 0, graph: "g2" };
    expect(written(place)).toEqual({ view: "memory", step: 0, graph: "g2" });
    expect(placeOf(written(place))).toEqual(place);
  });

  it("is written without what is as at the start", () => {
    expect(written(START)).toEqual({});
    expect(placeOf({})).toEqual(START);
  });

  it("is in the first view where the page does not have the one that was written", () => {
    expect(placeOf({ view: "gone", step: 3 })).toEqual({ ...START, step: 3 });
  });
});
