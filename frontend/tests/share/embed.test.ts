import { describe, expect, it } from "vitest";

import { isLong, pictureAddress, viewAddress } from "../../src/share/embed.ts";
import { decode } from "../../src/share/fragment.ts";

const PLAIN = { of: null, graph: null, theme: "auto", lang: "en" } as const;

describe("a picture's address", () => {
  it("holds the program as one, and leaves out what is usual", () => {
    const program = { cells: ["x = 1 + 2\n", "y = '&名'"] };
    const address = pictureAddress("https://pad.test/", { ...PLAIN, program, of: "out" });
    expect(address).toMatch(/^https:\/\/pad\.test\/api\/v1\/graph\.svg\?code=x%20%3D%201%20%2B%202/);
    const query = new URL(address).searchParams;
    expect(query.get("code")).toBe("x = 1 + 2\n\ny = '&名'");
    expect([...query.keys()]).toEqual(["code", "of", "lang"]);
  });

  it("names a stored program instead, below the root of the service", () => {
    const program = { snippet: "ab-_1" };
    const address = pictureAddress("https://pad.test/pad/", { ...PLAIN, program, theme: "dark", lang: "zh-CN" });
    expect(address).toBe("https://pad.test/pad/api/v1/graph.svg?snippet=ab-_1&theme=dark&lang=zh-CN");
    expect(isLong(address)).toBe(false);
    const long = pictureAddress("https://pad.test/", { ...PLAIN, program: { cells: ["x".repeat(9000)] } });
    expect(isLong(long)).toBe(true);
  });

  it("names a graph by its id where many have its name", () => {
    const program = { snippet: "ab" };
    const address = pictureAddress("https://pad.test/", { ...PLAIN, program, of: "loss", graph: "g3" });
    expect(new URL(address).search).toBe("?snippet=ab&graph=g3&lang=en");
  });
});

describe("a live view's address", () => {
  it("has the program in its fragment and the parameters in its query", async () => {
    const cells = ["x = '名'", "y = 2"];
    const address = new URL(
      await viewAddress("https://pad.test/pad/", { cells }, { view: "values", of: "a b", step: null }),
    );
    expect(address.pathname + address.search).toBe("/pad/embed?view=values&of=a%20b");
    expect(await decode(address.hash)).toEqual({ cells });
  });

  it("names a stored program instead", async () => {
    expect(await viewAddress("https://pad.test/", { snippet: "ab" }, {})).toBe("https://pad.test/embed?snippet=ab");
  });
});
