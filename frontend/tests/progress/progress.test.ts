import { describe, expect, it } from "vitest";

import { merged, NOT_BEGUN, read, score, withAnswer, written } from "../../src/progress/progress.ts";
import { Shelf } from "../../src/progress/shelf.ts";

function memory(start: Record<string, string> = {}): Pick<Storage, "getItem" | "setItem"> {
  const kept = new Map(Object.entries(start));
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      kept.set(key, value);
    },
  };
}

describe("progress", () => {
  it("is read as it was written, without what cannot be used", () => {
    const lesson = {
      at: 2,
      done: true,
      answers: { k: { given: "(2,)", right: true } },
      edits: { "1": "x" },
      passed: ["ex1"],
    };
    const progress = { lessons: { views: lesson }, last: "views" };
    expect(read(written(progress))).toEqual(progress);
    const odd = JSON.stringify({
      ...JSON.parse(written(progress)),
      lessons: { a: 1, b: { at: -1, answers: { k: 3 } } },
    });
    expect(read(odd)?.lessons).toEqual({ b: NOT_BEGUN });
    for (const text of ["", "[]", "{}", '{"kind":"tensorpad-progress","version":9,"lessons":{}}'])
      expect(read(text), text).toBeNull();
  });

  it("counts the first answer to a gate, and keeps the last", () => {
    const missed = withAnswer(NOT_BEGUN, "k", "(3,)", false);
    const got = withAnswer(missed, "k", "(2,)", true);
    expect(got.answers["k"]).toEqual({ given: "(2,)", right: false });
    expect(score(withAnswer(got, "other", "1", true))).toEqual({ right: 1, count: 2 });
  });

  it("of two browsers is what either knows", () => {
    const lesson = (at: number, passed: string[]) => ({ ...NOT_BEGUN, at, passed });
    const both = merged(
      { lessons: { a: lesson(3, ["ex1"]) }, last: "a" },
      { lessons: { a: lesson(1, ["ex2"]), b: lesson(1, []) }, last: "b" },
    );
    expect(both.lessons["a"]).toEqual({ ...NOT_BEGUN, at: 3, passed: ["ex1", "ex2"] });
    expect(both.last).toBe("b");
  });
});

describe("where progress is kept", () => {
  it("is the browser's storage, for the next visit", () => {
    const storage = memory();
    new Shelf(() => storage).change("views", { at: 4 });
    const again = new Shelf(() => storage);
    expect(again.lesson("views").at).toBe(4);
    expect(again.progress.last).toBe("views");
  });

  it("is the page alone where there is no storage", () => {
    const shelf = new Shelf(() => {
      throw new DOMException("no storage", "SecurityError");
    });
    expect(shelf.begun).toBe(false);
    shelf.change("views", { at: 4 });
    expect(shelf.lesson("views").at).toBe(4);
  });

  it("does not lose what another tab has kept", () => {
    const storage = memory();
    const [one, other] = [new Shelf(() => storage), new Shelf(() => storage)];
    one.change("views", { at: 1 });
    other.change("shapes", { at: 2 });
    expect(Object.keys(new Shelf(() => storage).progress.lessons).sort()).toEqual(["shapes", "views"]);
  });

  it("takes a file of its own kind, and no other", () => {
    const source = new Shelf(() => memory());
    source.change("views", { at: 4 });
    const shelf = new Shelf(() => memory());
    expect(shelf.take("{}")).toBe(false);
    expect(shelf.take(source.text)).toBe(true);
    expect(shelf.lesson("views").at).toBe(4);
  });
});
