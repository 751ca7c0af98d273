import { describe, expect, it } from "vitest";

import { answered, askedAgain, begun, goneOn, keyOf, passedOver, veils } from "../../src/gates/asking.ts";
import { gate } from "../support/gates.ts";

const CELLS = ["x = torch.ones(2)\n#? shape x\ny = x + 1\n#? shape y", "z = y\n#? shape z"];
const GATES = [gate({ target: "x", line: 2 }), gate({ target: "y", line: 4 }), gate({ cell: 1, target: "z", line: 2 })];
const nothing = (): null => null;

describe("the gates of an answer", () => {
  it("veil the results one by one, and leave them open between", () => {
    let asking = begun(GATES, CELLS, nothing);
    const seen: [number | null, boolean][] = [];
    for (let turn = 0; turn < 3; turn++) {
      seen.push([asking.at, veils(asking)]);
      asking = answered(asking, "(2,)");
      seen.push([asking.at, veils(asking)]);
      asking = goneOn(asking);
    }
    seen.push([asking.at, veils(asking)]);
    expect(seen).toEqual([
      [0, true],
      [0, false],
      [1, true],
      [1, false],
      [2, true],
      [2, false],
      [null, false],
    ]);
  });

  it("are not asked where they cannot be answered, or are of a cell that only runs before", () => {
    const broken = gate({ problem: "There is no q." });
    expect(begun([broken], CELLS, nothing).at).toBeNull();
    expect(begun(GATES, CELLS, nothing, 1).gates.map(({ gate: { target } }) => target)).toEqual(["z"]);
  });

  it("are not asked again once they were answered, as long as the code before them is the same", () => {
    const [first, second] = GATES.map((one) => keyOf(one, CELLS, 0));
    const known = new Map([[first ?? "", "(2,)"]]);
    const look = (key: string): string | null => known.get(key) ?? null;
    expect(begun(GATES, CELLS, look).at).toBe(1);
    const changed = [(CELLS[0] ?? "").replace("ones(2)", "ones(3)"), CELLS[1] ?? ""];
    expect(begun(GATES, changed, look).at).toBe(0);
    const later = [(CELLS[0] ?? "").replace("y = x + 1", "y = x + 2"), CELLS[1] ?? ""];
    expect(begun(GATES, later, look).at).toBe(1);
    expect(second).not.toBe(first);
  });

  it("can be passed over, and one of them asked once more", () => {
    let asking = passedOver(begun(GATES, CELLS, nothing));
    expect(veils(asking)).toBe(false);
    asking = askedAgain(goneOn(answered(askedAgain(asking, 0), "(3,)")), 0);
    expect(asking.at).toBe(0);
    expect(veils(asking)).toBe(true);
    expect(asking.gates[0]?.given).toBeNull();
  });
});
