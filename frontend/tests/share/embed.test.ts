import { describe, expect, it } from "vitest";

import { isLong, pictureAddress, pictureHtml } from "../../src/share/embed.ts";

describe("a picture's address", () => {
  it("holds the program as one, and leaves out what is usual", () => {
    const address = pictureAddress("https://pad.test", {
      program: { cells: ["x = 1 + 2\n", "y = '&名'"] },
      of: "out",
      graph: null,
      theme: "auto",
    });
    expect(address).toMatch(/^https:\/\/pad\.test\/api\/v1\/graph\.svg\?code=x%20%3D%201%20%2B%202/);
    const query = new URL(address).searchParams;
    expect(query.get("code")).toBe("x = 1 + 2\n\ny = '&名'");
    expect([...query.keys()]).toEqual(["code", "of"]);
  });

  it("names a stored program instead", () => {
    const address = pictureAddress("https://pad.test", {
      program: { snippet: "ab-_1" },
      of: null,
      graph: null,
      theme: "dark",
    });
    expect(address).toBe("https://pad.test/api/v1/graph.svg?snippet=ab-_1&theme=dark");
    expect(isLong(address)).toBe(false);
    expect(
      isLong(
        pictureAddress("https://pad.test", {
          program: { cells: ["x".repeat(9000)] },
          of: null,
          graph: null,
          theme: "auto",
        }),
      ),
    ).toBe(true);
  });
});

describe("a picture of one of many graphs of a name", () => {
  it("names the graph by its id", () => {
    const program = { snippet: "ab" };
    const address = pictureAddress("https://pad.test", { program, of: "loss", graph: "g3", theme: "auto" });
    expect(new URL(address).search).toBe("?snippet=ab&graph=g3");
  });
});

describe("a picture's HTML", () => {
  it("stays HTML whatever is in it", () => {
    const holder = document.createElement("div");
    holder.innerHTML = pictureHtml(
      'https://pad.test/?a=1&b="',
      "https://pad.test/#code/x",
      '"><script>alert(1)</script>',
    );
    expect(holder.children).toHaveLength(1);
    expect(holder.querySelector("img")?.alt).toBe('"><script>alert(1)</script>');
    expect(holder.querySelector("img")?.getAttribute("src")).toBe('https://pad.test/?a=1&b="');
    expect(holder.querySelector("a")?.href).toBe("https://pad.test/#code/x");
  });
});
