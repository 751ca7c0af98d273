import { describe, expect, it } from "vitest";

import { serverAt, serverOf } from "../../src/element/server.ts";

describe("the service of a pad", () => {
  it("is where the script came from, with the prefix of a proxy", () => {
    const script = document.createElement("script");
    expect(serverOf(script)).toBeNull();
    expect(serverOf(null)).toBeNull();
    script.src = "https://host.test/pad/embed.js?v=1";
    expect(serverOf(script)).toBe("https://host.test/pad/");
  });

  it("is what the attribute names, if that is an address of the web", () => {
    expect(serverAt("https://host.test/pad?x#y", "https://page.test/a/b")).toBe("https://host.test/pad/");
    expect(serverAt("/pad/", "https://page.test/a/b")).toBe("https://page.test/pad/");
    for (const wrong of ["", "javascript:alert(1)", "data:text/html,x", "https://"])
      expect(serverAt(wrong, "https://page.test/")).toBeNull();
  });
});
