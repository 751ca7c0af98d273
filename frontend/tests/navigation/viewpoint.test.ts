import { describe, expect, it } from "vitest";

import { type Viewpoint, viewpointOf, START, written } from "../../src/navigation/viewpoint.ts";

describe("a viewpoint", () => {
  it("comes back as it was written", () => {
    const viewpoint: Viewpoint = { view: "memory", step: 0, graph: "g2" };
    expect(written(viewpoint)).toEqual({ view: "memory", step: 0, graph: "g2" });
    expect(viewpointOf(written(viewpoint))).toEqual(viewpoint);
  });

  it("is written without what is as at the start", () => {
    expect(written(START)).toEqual({});
    expect(viewpointOf({})).toEqual(START);
  });

  it("is in the first view where the page does not have the one that was written", () => {
    expect(viewpointOf({ view: "gone", step: 3 })).toEqual({ ...START, step: 3 });
  });
});
