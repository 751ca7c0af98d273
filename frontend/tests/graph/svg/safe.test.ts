import { describe, expect, it } from "vitest";

import { safeSvg } from "../../../src/graph/svg/safe.ts";

const svg = (inner: string, attributes = ""): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${inner}</svg>`;
const kept = (inner: string): string => safeSvg(svg(inner))?.innerHTML ?? "nothing";

describe("an SVG from the server", () => {
  it("keeps shapes, text, classes and the ids of nodes", () => {
    const picture = safeSvg(
      svg('<g class="node" data-node="f1"><path d="M0 0"/><text x="1">z</text></g>', 'viewBox="0 0 1 1"'),
    );
    expect(picture?.getAttribute("viewBox")).toBe("0 0 1 1");
    expect(picture?.querySelector("[data-node=f1] text")?.textContent).toBe("z");
  });

  it.each([
    ["script", "<script>alert(1)</script>"],
    ["foreign objects", '<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"/></foreignObject>'],
    ["images", '<image href="http://example.org/a.png"/>'],
    ["uses", '<use href="#a"/>'],
    ["animations", '<animate attributeName="href" to="javascript:alert(1)"/>'],
    ["styles that load", "<style>@import 'http://example.org'</style>"],
  ])("drops %s", (_, inner) => {
    expect(kept(inner)).toBe("");
  });

  it.each(["onload", "onclick", "style", "href", "xlink:href"])("drops the attribute %s", (name) => {
    const picture = safeSvg(svg(`<g xmlns:xlink="http://www.w3.org/1999/xlink" ${name}="alert(1)"/>`));
    expect(picture?.querySelector("g")?.hasAttribute(name)).toBe(false);
  });

  it("drops values that lead out of the picture, and keeps those that point into it", () => {
    expect(kept('<path fill="url(http://example.org/a)"/>')).not.toContain("fill");
    expect(kept('<path fill="url(#a)"/>')).toContain('fill="url(#a)"');
  });

  it("makes a link a group", () => {
    expect(kept('<a href="http://example.org"><path d="M0 0"/></a>')).toMatch(/^<g><path/);
  });

  it("is nothing where the text is no SVG", () => {
    expect(safeSvg("<html/>")).toBeNull();
  });
});
