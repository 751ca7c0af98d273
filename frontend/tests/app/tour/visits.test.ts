import { describe, expect, it } from "vitest";

import { isLinked } from "../../../src/app/tour/visits.ts";

describe("the address of a shared program", () => {
  it("has the program, or the name of a stored one", () => {
    expect(isLinked({ pathname: "/", hash: "#code/abc" })).toBe(true);
    expect(isLinked({ pathname: "/below/s/Ab3d", hash: "" })).toBe(true);
    expect(isLinked({ pathname: "/", hash: "" })).toBe(false);
    expect(isLinked({ pathname: "/below/", hash: "#" })).toBe(false);
  });
});
