import { beforeEach, describe, expect, it } from "vitest";

import { Drafts } from "../../src/share/drafts.ts";

beforeEach(() => {
  localStorage.clear();
});

describe("a draft", () => {
  it("is there on the next visit", () => {
    expect(new Drafts().save({ cells: ["x"], view: "values", step: 3 })).toBe(true);
    expect(new Drafts().current).toEqual({ cells: ["x"], view: "values", step: 3 });
  });

  it("leaves the one that was set aside alone", () => {
    const drafts = new Drafts();
    drafts.setAside({ cells: ["old"] });
    drafts.save({ cells: ["new"] });
    expect(drafts.earlier).toEqual({ cells: ["old"] });
  });

  it.each([["{"], ["null"], ["[]"], ['"x"'], ['{"version":1}'], ['{"version":99,"cells":["x"]}'], ['{"cells":["x"]}']])(
    "that is not ours to read is none: %s",
    (found) => {
      localStorage.setItem("tensorpad.draft", found);
      expect(new Drafts().current).toBeNull();
    },
  );

  it("is not kept, and nothing breaks, where the browser keeps nothing", () => {
    const drafts = new Drafts(() => {
      throw new DOMException("denied", "SecurityError");
    });
    expect(drafts.current).toBeNull();
    expect(drafts.save({ cells: ["x"] })).toBe(false);
  });

  it("is not kept where there is no room", () => {
    const full = {
      getItem: () => null,
      setItem: () => {
        throw new DOMException("full", "QuotaExceededError");
      },
    };
    expect(new Drafts(() => full).save({ cells: ["x"] })).toBe(false);
  });
});
