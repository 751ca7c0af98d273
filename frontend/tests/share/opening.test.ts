import { beforeEach, describe, expect, it, vi } from "vitest";

import { encode } from "../../src/share/fragment.ts";
import { opening } from "../../src/share/opening.ts";
import { Drafts } from "../../src/share/drafts.ts";

const HOME = { cells: ["home"] };
const BARE = { hash: "", pathname: "/" };
const drafts = new Drafts();

beforeEach(() => {
  localStorage.clear();
  vi.unstubAllGlobals();
});

function service(status: number, body: unknown): void {
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status })));
}

describe("the page opens on", () => {
  it("its example at first, and on the draft from then on", async () => {
    expect(await opening(BARE, null, drafts, HOME)).toMatchObject({ state: HOME, own: false });
    drafts.save({ cells: ["draft"] });
    expect(await opening(BARE, null, drafts, HOME)).toMatchObject({ state: { cells: ["draft"] }, own: true });
    drafts.save({ cells: [" "] });
    expect(await opening(BARE, null, drafts, HOME)).toMatchObject({ state: HOME });
  });

  it("what its link holds, and keeps the draft that this displaces", async () => {
    drafts.save({ cells: ["draft"] });
    const hash = await encode({ cells: ["linked"], step: 2 });
    const found = await opening({ hash, pathname: "/" }, null, drafts, HOME);
    expect(found).toEqual({
      state: { cells: ["linked"], step: 2 },
      own: false,
      trouble: null,
      displaced: { cells: ["draft"] },
    });
  });

  it("its own work again after a reload, which displaces nothing", async () => {
    drafts.save({ cells: ["of another tab"] });
    const address = { hash: await encode({ cells: ["mine"] }), pathname: "/" };
    expect(await opening(address, { worked: true }, drafts, HOME)).toMatchObject({ own: true, displaced: null });
    drafts.save({ cells: ["mine"] });
    expect(await opening(address, null, drafts, HOME)).toMatchObject({ own: true, displaced: null });
  });

  it("a stored program", async () => {
    service(200, { id: "abc", page: "/s/abc", cells: ["stored"], lang: "zh-CN", view: null, step: null });
    const found = await opening({ hash: "", pathname: "/s/abc" }, null, drafts, HOME);
    expect(found).toMatchObject({ state: { cells: ["stored"], lang: "zh-CN" }, own: false, trouble: null });
  });

  it("what there is, and says why, where the address cannot be followed", async () => {
    drafts.save({ cells: ["draft"] });
    const damaged = await opening({ hash: "#code/x", pathname: "/" }, null, drafts, HOME);
    expect(damaged).toMatchObject({ state: { cells: ["draft"] }, trouble: "unreadable" });
    const stored = { hash: "", pathname: "/s/abc" };
    service(404, {});
    expect(await opening(stored, null, drafts, HOME)).toMatchObject({ trouble: "missing" });
    service(503, {});
    expect(await opening(stored, null, drafts, HOME)).toMatchObject({ trouble: "unreachable" });
    vi.stubGlobal("fetch", () => Promise.reject(new TypeError("offline")));
    expect(await opening(stored, null, drafts, HOME)).toMatchObject({ trouble: "unreachable" });
  });
});
