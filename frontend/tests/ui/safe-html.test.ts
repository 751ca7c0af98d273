import { describe, expect, it } from "vitest";

import { safeHtml } from "../../src/ui/safe-html.ts";

function kept(source: string): string {
  const host = document.createElement("div");
  host.append(safeHtml(source));
  return host.innerHTML;
}

describe("HTML that a program displayed", () => {
  it("keeps text, tables and what spans their cells", () => {
    const table = '<table><tbody><tr><th colspan="2">a</th></tr><tr><td>1</td><td>2</td></tr></tbody></table>';
    expect(kept(`x ${table}<b>y</b>`)).toBe(`x ${table}<b>y</b>`);
  });

  it.each([
    ["scripts", "<script>alert(1)</script>"],
    ["styles", "<style>@import 'https://example.org'</style>"],
    ["pictures", "<img src=x onerror=alert(1)>"],
    ["frames", "<iframe src='javascript:alert(1)'></iframe>"],
    ["forms", "<form action=x><input></form>"],
    ["drawings", "<svg onload=alert(1)><foreignObject><b>x</b></foreignObject></svg>"],
    ["elements of a page", "<meta http-equiv=refresh content=0><base href=x>"],
  ])("drops %s", (_, source) => {
    expect(kept(source)).toBe("");
  });

  it.each(["onclick", "style", "id", "class", "background"])("drops the attribute %s", (name) => {
    expect(kept(`<b ${name}="alert(1)">x</b>`)).toBe("<b>x</b>");
  });

  it("keeps links to other pages alone", () => {
    expect(kept('<a href="javascript:alert(1)">x</a><a href="data:text/html,x">y</a>')).toBe("<a>x</a><a>y</a>");
    expect(kept('<a href="https://example.org/">x</a>')).toContain('rel="noopener noreferrer nofollow"');
  });

  it("takes elements that are nested without end", () => {
    expect(safeHtml("<div>".repeat(5_000)).firstElementChild?.localName).toBe("div");
  });
});
