import { Scorm12API } from "scorm-again";
import { afterEach, expect, test, vi } from "vitest";

import { type Lms, lmsOf, LmsMemory, LocalMemory } from "../../src/handout/score.ts";

const lms = (): Scorm12API => new Scorm12API({ autocommit: false, logLevel: 5 });

afterEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

test("an LMS records the score, and completion after the last answer", () => {
  const api = lms();
  const memory = new LmsMemory(api);
  memory.save({ "cell-1 0": "(2, 3)" }, 1, 2);
  expect(api.LMSGetValue("cmi.core.lesson_status")).toBe("incomplete");
  expect(api.LMSGetValue("cmi.core.score.raw")).toBe("50");
  memory.save({ "cell-1 0": "(2, 3)", "cell-2 0": "True" }, 1, 2);
  expect(api.LMSGetValue("cmi.core.lesson_status")).toBe("completed");
  expect(api.LMSGetValue("cmi.core.score.raw")).toBe("50");
  expect(memory.load()).toEqual({ "cell-1 0": "(2, 3)", "cell-2 0": "True" });
  memory.close();
  expect(api.isTerminated()).toBe(true);
});

test("the LMS is found on a window around the page", () => {
  const api = lms() as unknown as Lms;
  const top = { API: api } as unknown as Window;
  const middle = { parent: top, opener: null } as unknown as Window;
  const page = { parent: middle, opener: null } as unknown as Window;
  expect(lmsOf(page)).toBe(api);
});

test("a page outside an LMS finds none", () => {
  const page: { parent?: unknown; opener: null } = { opener: null };
  page.parent = page;
  expect(lmsOf(page as unknown as Window)).toBeNull();
});

test("without an LMS the browser keeps the answers of each page", () => {
  new LocalMemory("Views").save({ "cell-1 0": "2" });
  expect(new LocalMemory("Views").load()).toEqual({ "cell-1 0": "2" });
  expect(new LocalMemory("Copies").load()).toEqual({});
});

test("what is kept is read with care", () => {
  localStorage.setItem("tensorpad handout Views", '{"a": 1, "b": "x"}');
  expect(new LocalMemory("Views").load()).toEqual({ b: "x" });
  localStorage.setItem("tensorpad handout Views", "[");
  expect(new LocalMemory("Views").load()).toEqual({});
});
