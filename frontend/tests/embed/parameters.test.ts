import { describe, expect, it } from "vitest";

import { parametersOf } from "../../src/embed/parameters.ts";
import { mistakeText } from "../../src/embed/sayings.ts";
import { LANGS, locale } from "../../src/i18n/index.ts";

const read = (search: string, hash = "") => parametersOf(search, hash, ["en-GB"]);
const mistakes = (search: string, hash = "") => read(search, hash).mistakes;

describe("the parameters of an embedded page", () => {
  it("have defaults", () => {
    const { parameters, mistakes: none } = read("?code=x%20%3D%201");
    expect(parameters).toEqual({
      place: { kind: "cells", cells: ["x = 1"] },
      view: null,
      of: null,
      step: null,
      mode: "read",
      theme: "system",
      lang: "en",
      controls: new Set(["views", "steps", "run", "open"]),
      autoplay: true,
      loading: "lazy",
    });
    expect(none).toEqual([]);
  });

  it("are taken from the address", () => {
    const search =
      '?cells=["a","b"]&view=steps&of=loss&step=7&mode=edit&theme=dark&lang=zh-CN&controls=steps,open&autoplay=0&loading=click';
    expect(read(search)).toEqual({
      parameters: {
        place: { kind: "cells", cells: ["a", "b"] },
        view: "steps",
        of: "loss",
        step: 7,
        mode: "edit",
        theme: "dark",
        lang: "zh-CN",
        controls: new Set(["steps", "open"]),
        autoplay: false,
        loading: "click",
      },
      mistakes: [],
    });
    expect(read("?snippet=ab&controls=none").parameters.controls).toEqual(new Set());
  });

  it("leave the program to the fragment, also behind what WordPress adds to it", () => {
    const place = { kind: "fragment", fragment: "#code/abc" };
    expect(read("", "#code/abc").parameters.place).toEqual(place);
    expect(read("", "#code/abc#?secret=Xy7").parameters.place).toEqual(place);
    expect(read("?snippet=s1", "#?secret=Xy7")).toMatchObject({
      parameters: { place: { kind: "snippet", id: "s1" } },
      mistakes: [],
    });
    expect(read("").parameters.place).toEqual({ kind: "nowhere" });
  });

  it("that mean nothing are named with what they can be, and the rest works", () => {
    const { parameters, mistakes: found } = read("?code=1&view=grpah&theme=dark&step=two&controls=views,stpes");
    expect(parameters).toMatchObject({ view: "graph", theme: "dark", step: null, controls: new Set(["views"]) });
    expect(found).toMatchObject([
      { kind: "choice", name: "view", given: "grpah", instead: "graph" },
      { kind: "step", given: "two" },
      { kind: "choice", name: "controls", given: "stpes" },
    ]);
    for (const wrong of ["?code=1&lang=fr", "?code=1&mode=", "?code=1&autoplay=no", "?code=1&loading=soon"])
      expect(mistakes(wrong)).toMatchObject([{ kind: "choice" }]);
  });

  it("name one program", () => {
    expect(mistakes("?code=1&snippet=ab", "#code/x")).toEqual([
      { kind: "several", names: ["code", "snippet", "#code/"] },
    ]);
    for (const cells of ["x", "[]", "[1]", "{}", '["a", 1]']) {
      const found = read(`?cells=${encodeURIComponent(cells)}`);
      expect(found).toMatchObject({ parameters: { place: { kind: "nowhere" } }, mistakes: [{ kind: "cells" }] });
    }
  });

  it("with a slip in their name are recognised, and those of others are let be", () => {
    expect(mistakes("?code=1&veiw=steps")).toEqual([{ kind: "unknown", name: "veiw", meant: "view" }]);
    expect(mistakes("?code=1&View=steps")).toEqual([{ kind: "unknown", name: "View", meant: "view" }]);
    expect(mistakes("?code=1&themes=dark")).toEqual([{ kind: "unknown", name: "themes", meant: "theme" }]);
    expect(mistakes("?code=1&feature=oembed&utm_source=x&v=2")).toEqual([]);
  });

  it("are spoken of in each language by what was written", () => {
    const all = [
      ...mistakes("?snippet=1&code=1&view=grpah&step=two&mdoe=edit&cells=x"),
      ...mistakes("?cells=x"),
      { kind: "beyond", given: 90, count: 5 } as const,
      { kind: "notThere", name: "lost", names: ["loss"] } as const,
      { kind: "notThere", name: "lost", names: [] } as const,
    ];
    expect(new Set(all.map(({ kind }) => kind)).size).toBe(7);
    for (const lang of LANGS) {
      const said = all.map((mistake) => mistakeText(mistake, locale.of(lang)));
      for (const word of ["view=grpah", "step=two", "mdoe", "`cells=`", "step=90", "lost", "`loss`"])
        expect(said.some((text) => text.includes(word))).toBe(true);
    }
  });
});
