import { describe, expect, it } from "vitest";

import type { Term } from "../../src/api/schema.ts";
import { Finder } from "../../src/glossary/finder.ts";
import { markTerms } from "../../src/glossary/mark.ts";

const term = (id: string, word: string, forms: string[] = []): Term => ({ id, term: word, forms, text: "", code: "" });
const ENGLISH = new Finder([term("tensor", "tensor", ["tensors"]), term("leaf", "leaf", ["leaf tensor", "leaves"])]);
const CHINESE = new Finder([term("tensor", "张量"), term("leaf", "叶子节点", ["叶子张量"])]);

/** The terms that are found, as they are written. */
function found(finder: Finder, text: string, seen = new Set<string>()): string[] {
  const pieces = finder.pieces(text, seen);
  expect(pieces.map((piece) => piece.text).join("")).toBe(text);
  return pieces.flatMap((piece) => (piece.term === null ? [] : [piece.text]));
}

describe("the terms of a text", () => {
  it("are whole words, in any form and case", () => {
    expect(found(ENGLISH, "Leaves are tensors, not tensorflow.")).toEqual(["Leaves", "tensors"]);
    expect(found(ENGLISH, "torch.tensor(1) and my_leaf")).toEqual([]);
  });

  it("are the longest that fit", () => {
    expect(found(ENGLISH, "a leaf tensor here")).toEqual(["leaf tensor"]);
    expect(found(CHINESE, "叶子张量是张量。")).toEqual(["叶子张量", "张量"]);
  });

  it("are marked where they stand first", () => {
    expect(found(ENGLISH, "a leaf, a leaf, a tensor", new Set(["tensor"]))).toEqual(["leaf"]);
  });

  it("are marked in prose, and neither in code nor in links", () => {
    const root = document.createElement("div");
    root.innerHTML = "<p><code>leaf</code> <a href='#'>leaf</a> A leaf and <em>a tensor</em>.</p>";
    markTerms(root, ENGLISH);
    expect([...root.querySelectorAll("tp-term")].map((one) => one.parentElement?.tagName)).toEqual(["P", "EM"]);
  });
});
