import { describe, expect, it } from "vitest";

import { cellsOfFile } from "../../src/share/files-in.ts";

describe("a file from the disk", () => {
  it("is the code cells of a notebook, with its commands as comments", () => {
    const cells = [
      { cell_type: "markdown", source: ["# Title"] },
      { cell_type: "code", source: ["%matplotlib inline\n", "x = 1\n"] },
      { cell_type: "code", source: "!ls\ny = x % 2" },
      { cell_type: "code", source: [] },
    ];
    expect(cellsOfFile("a.ipynb", JSON.stringify({ cells }))).toEqual([
      "# %matplotlib inline\nx = 1",
      "# !ls\ny = x % 2",
    ]);
  });

  it("is one cell of Python, or as many as it marks", () => {
    expect(cellsOfFile("a.py", "x = 1\r\ny = 2\r\n")).toEqual(["x = 1\ny = 2"]);
    expect(cellsOfFile("a.py", "# %% one\nx = 1\n\n#%%\ny = 2\n")).toEqual(["x = 1", "y = 2"]);
  });

  it("is nothing else", () => {
    for (const [name, text] of [
      ["a.txt", "x = 1"],
      ["a.ipynb", "no JSON"],
      ["a.ipynb", "null"],
      ["a.ipynb", '{"cells": [null, {"cell_type": "markdown", "source": "x"}]}'],
      ["a.py", "\n"],
    ] as const)
      expect(cellsOfFile(name, text), name).toBeNull();
  });
});
