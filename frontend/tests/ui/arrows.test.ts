import { beforeEach, describe, expect, it } from "vitest";

import { takesArrows } from "../../src/ui/arrows.ts";

describe("arrow keys", () => {
  beforeEach(() => {
    document.body.innerHTML = `
      <input /><button>b</button><div role="tablist"><button role="tab">t</button></div>
      <div contenteditable="true"><span>s</span></div>`;
  });

  const taken = (selector: string): boolean => {
    const path: EventTarget[] = [];
    for (let at: Element | null = document.querySelector(selector); at !== null; at = at.parentElement) path.push(at);
    return takesArrows(path);
  };

  it("belong to fields, editors and tabs that have the focus", () => {
    expect(["input", "[role=tab]", "span"].map(taken)).toEqual([true, true, true]);
  });

  it("are free on a button and on the page itself", () => {
    expect(taken("body > button")).toBe(false);
    expect(takesArrows([document.body, document, window])).toBe(false);
  });
});
