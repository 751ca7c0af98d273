import { describe, expect, it } from "vitest";

import { code, runs } from "../../../src/ui/text/prose.ts";

describe("prose", () => {
  it("has code between backticks", () => {
    expect(runs("`x` is `1`.")).toEqual([
      { code: true, text: "x" },
      { code: false, text: " is " },
      { code: true, text: "1" },
      { code: false, text: "." },
    ]);
  });

  it("takes a program's text on one line, shortened, with no backtick of its own", () => {
    expect(code("f(\n    a,\n    b)")).toBe("`f( a, b)`");
    expect(code("a`b")).toBe("`aˋb`");
    expect(code("x".repeat(60), 10)).toBe(`\`${"x".repeat(9)}…\``);
  });
});
