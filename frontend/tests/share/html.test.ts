import { describe, expect, it } from "vitest";

import { programOf } from "../../src/element/program.ts";
import { frameHtml, padHtml, pictureHtml } from "../../src/share/html.ts";

function parsed(html: string): HTMLElement {
  const holder = document.createElement("div");
  holder.innerHTML = html;
  return holder;
}

describe("a picture's HTML", () => {
  it("stays HTML whatever is in it", () => {
    const hostile = '"><script>alert(1)</script>';
    const holder = parsed(pictureHtml('https://pad.test/?a=1&b="', "https://pad.test/#code/x", hostile));
    expect(holder.children).toHaveLength(1);
    expect(holder.querySelector("img")?.alt).toBe(hostile);
    expect(holder.querySelector("img")?.getAttribute("src")).toBe('https://pad.test/?a=1&b="');
    expect(holder.querySelector("a")?.href).toBe("https://pad.test/#code/x");
  });
});

describe("a frame's HTML", () => {
  it("has the address and the title", () => {
    const frame = parsed(frameHtml("https://pad.test/embed?a=1&b=2", 'A "view"', 420)).querySelector("iframe");
    expect(frame?.getAttribute("src")).toBe("https://pad.test/embed?a=1&b=2");
    expect(frame?.title).toBe('A "view"');
    expect(frame?.getAttribute("height")).toBe("420");
  });
});

describe("an element's HTML", () => {
  const script = "https://pad.test/embed.js";
  const pad = (html: string): Element => {
    const found = parsed(html).querySelector("tensor-pad");
    if (found === null) throw new Error("there is no pad");
    return found;
  };

  it("holds the program as it is", () => {
    const cells = ["if x < 1:\n    y = '&amp;'", "z = 3"];
    const html = padHtml(script, { cells }, { view: "values", step: null });
    expect(programOf(pad(html))).toEqual({ cells });
    expect(pad(html).getAttributeNames()).toEqual(["view"]);
    expect(html).toContain(`<script async src="${script}"></script>`);
  });

  it("is read as the same program where it would end its script", () => {
    const cells = ["x = '</script><img src=x onerror=alert(1)>'", "y = '<!-- <script>'"];
    expect(programOf(pad(padHtml(script, { cells }, {})))).toEqual({ cells });
    expect(parsed(padHtml(script, { cells }, {})).querySelector("img")).toBeNull();
  });

  it("names a stored program", () => {
    expect(programOf(pad(padHtml(script, { snippet: "ab" }, { theme: "dark" })))).toEqual({ snippet: "ab" });
  });
});
