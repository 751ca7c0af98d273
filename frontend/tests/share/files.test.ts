import { describe, expect, it } from "vitest";

import { jupyter, script } from "../../src/share/files.ts";

describe("a script", () => {
  it("marks its cells and keeps their code", () => {
    expect(script(["x = 1\n\n", "x"])).toBe("# %%\nx = 1\n\n# %%\nx\n");
  });
});

describe("a notebook", () => {
  const notebook = JSON.parse(jupyter(["x = 1\nx", ""])) as Record<string, unknown>;

  it("is of the version that it says, which gives each cell an id", () => {
    expect([notebook["nbformat"], notebook["nbformat_minor"]]).toEqual([4, 5]);
    const ids = (notebook["cells"] as { id: string }[]).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(/^[a-zA-Z0-9-_]{1,64}$/);
  });

  it("keeps the lines of the code, joined by nothing", () => {
    expect((notebook["cells"] as { source: string[] }[])[0]?.source).toEqual(["x = 1\n", "x"]);
  });
});
