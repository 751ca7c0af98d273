import { deflateRawSync } from "node:zlib";

import { describe, expect, it } from "vitest";

import { decode, encode, holdsState } from "../../src/share/fragment.ts";

function forged(content: string | Uint8Array): string {
  return `#code/${deflateRawSync(content).toString("base64url")}`;
}

describe("a fragment", () => {
  it("brings back what it was made of, in characters that links keep", async () => {
    const state = { cells: ["x = '😀'\n", "", "名 = 1"], view: "graph", step: 7, lang: "zh-CN" } as const;
    const fragment = await encode(state);
    expect(fragment).toMatch(/^#code\/[\w-]+$/);
    expect(await decode(fragment)).toEqual(state);
  });

  it("is much shorter than the program", async () => {
    const code = "loss = ((slope * x + offset - y) ** 2).mean()\n".repeat(100);
    expect((await encode({ cells: [code] })).length).toBeLessThan(code.length / 10);
  });

  it("can be made by others", async () => {
    expect(await decode(forged('{"cells":["1"]}'))).toEqual({ cells: ["1"] });
  });

  it("of another kind is not ours", async () => {
    expect(holdsState("#results")).toBe(false);
    expect(await decode("#results")).toBeNull();
  });

  it.each([
    ["#code/"],
    ["#code/%%%"],
    ["#code/AAAA"],
    [forged("{")],
    [forged("null")],
    [forged('{"cells":[]}')],
    [forged('{"cells":[1]}')],
    [forged(new Uint8Array([0xff, 0xfe]))],
    [forged('{"cells":["1"]}').slice(0, -4)],
  ])("that is damaged holds nothing: %s", async (fragment) => {
    expect(await decode(fragment)).toBeNull();
  });

  it("that inflates without end is given up", async () => {
    const bomb = forged(new Uint8Array(20_000_000).fill(32));
    expect(bomb.length).toBeLessThan(40_000);
    expect(await decode(bomb)).toBeNull();
  });
});
