import { describe, expect, it } from "vitest";

import { lessonPath, partHash, routeOf } from "../../src/learn/route.ts";

describe("the address of a lesson", () => {
  it("names the lesson, and the part from 1", () => {
    expect(routeOf({ pathname: "/learn", hash: "" })).toEqual({ slug: null, section: null });
    expect(routeOf({ pathname: "/learn/views", hash: "#part-3" })).toEqual({ slug: "views", section: 2 });
    expect(routeOf({ pathname: "/learn/views/", hash: "#part-0" })).toEqual({ slug: "views", section: null });
    expect(partHash(2)).toBe("#part-3");
  });

  it("keeps the language that the page's own address names", () => {
    expect(lessonPath("views", "?lang=zh-CN&x=1")).toBe("/learn/views?lang=zh-CN");
    expect(lessonPath(null, "")).toBe("/learn");
  });
});
