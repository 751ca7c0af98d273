import { describe, expect, it } from "vitest";

import { dedented, hasFallback, programOf } from "../../src/element/program.ts";

function pad(html: string): Element {
  const holder = document.createElement("div");
  holder.innerHTML = `<tensor-pad ${html}</tensor-pad>`;
  const found = holder.firstElementChild;
  if (found === null) throw new Error("there is no pad");
  return found;
}

const SCRIPT = '<script type="text/x-python">';

describe("the program of a pad", () => {
  it("is that of its attribute, its scripts or its text", () => {
    expect(programOf(pad('code="x = 1">'))).toEqual({ cells: ["x = 1"] });
    expect(programOf(pad('cells=\'["a", "b"]\'>'))).toEqual({ cells: ["a", "b"] });
    expect(programOf(pad('snippet="ab">'))).toEqual({ snippet: "ab" });
    expect(programOf(pad(`>${SCRIPT}a</script> ${SCRIPT}b</script>`))).toEqual({ cells: ["a", "b"] });
    expect(programOf(pad("><pre>x = 1\ny = 2</pre>"))).toEqual({ cells: ["x = 1\ny = 2"] });
  });

  it("is not the text of what nobody sees", () => {
    expect(programOf(pad("><style>p {}</style>x = 1<template>y</template>"))).toEqual({ cells: ["x = 1"] });
  });

  it("is missing where there is none or too many", () => {
    expect(programOf(pad(">\n  "))).toEqual({ kind: "nothing" });
    expect(programOf(pad('cells="x">'))).toEqual({ kind: "cells" });
    expect(programOf(pad("cells='[\"a\", 1]'>"))).toEqual({ kind: "cells" });
    expect(programOf(pad('code="a" snippet="b">'))).toEqual({ kind: "twice", names: ["code", "snippet"] });
    expect(programOf(pad(`code="a">${SCRIPT}b</script>`))).toMatchObject({ kind: "twice" });
  });
});

describe("an author's own content", () => {
  it("is any element, or text beside a program that is given otherwise", () => {
    expect(hasFallback(pad("><pre>x = 1</pre>"))).toBe(true);
    expect(hasFallback(pad(">x = 1"))).toBe(false);
    expect(hasFallback(pad('snippet="a">Wait for it.'))).toBe(true);
    expect(hasFallback(pad(`>${SCRIPT}a</script>\n`))).toBe(false);
  });
});

describe("code in a page", () => {
  it("loses what all its lines are indented by, and blank lines around it", () => {
    expect(dedented("\n\n    if x:\n\n        y\r\n    z\n  \n")).toBe("if x:\n\n    y\nz");
    expect(dedented("\tif x:\n\t\ty")).toBe("if x:\n\ty");
    expect(dedented("x\n  y")).toBe("x\n  y");
    expect(dedented("  x\n\ty")).toBe("  x\n\ty");
  });
});
