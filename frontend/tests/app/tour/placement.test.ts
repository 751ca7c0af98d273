import { describe, expect, it } from "vitest";

import { placed } from "../../../src/app/tour/placement.ts";

const CARD = { width: 300, height: 150 };
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 375, height: 700 };

describe("the card of the tour", () => {
  it("stands to the right of what it is about, else to the left", () => {
    expect(placed({ left: 0, top: 100, width: 500, height: 600 }, CARD, DESK)).toMatchObject({ left: 514, top: 325 });
    expect(placed({ left: 1000, top: 100, width: 440, height: 600 }, CARD, DESK)).toMatchObject({
      left: 686,
      top: 325,
    });
  });

  it("stands below or above what is as wide as the window", () => {
    expect(placed({ left: 0, top: 50, width: 375, height: 100 }, CARD, PHONE).top).toBe(164);
    expect(placed({ left: 0, top: 640, width: 375, height: 60 }, CARD, PHONE).top).toBe(476);
  });

  it("is whole within the window, whatever it is about", () => {
    for (const anchor of [
      { left: -50, top: -500, width: 375, height: 2000 },
      { left: 0, top: 5000, width: 375, height: 20 },
      { left: 0, top: 20, width: 375, height: 660 },
    ]) {
      const { left, top, ring } = placed(anchor, CARD, PHONE);
      expect(ring.height === 0 || ring.top + ring.height < top).toBe(true);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(left + CARD.width).toBeLessThanOrEqual(PHONE.width);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(top + CARD.height).toBeLessThanOrEqual(PHONE.height);
    }
  });
});
