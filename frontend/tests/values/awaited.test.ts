import { afterEach, describe, expect, it } from "vitest";

import type { Values } from "../../src/api/values.ts";
import { NOTHING_ARRIVED, withChunk, withMissing } from "../../src/run/arrived.ts";
import { holdingsAt } from "../../src/timeline/holdings.ts";
import { timelineOf } from "../../src/timeline/timeline.ts";
import { cardOf, type Layer } from "../../src/values/cards.ts";
import type { TpMatrix } from "../../src/values/tp-matrix.ts";
import { TpValues } from "../../src/values/tp-values.ts";
import { TpPreviewGrid } from "../../src/values/tp-preview-grid.ts";
import { full } from "../support/answers.ts";
import { awaited, counting } from "../support/deferred.ts";

const ANSWER = counting(5);

function layers(arrived = NOTHING_ARRIVED): readonly Layer[] {
  const timeline = timelineOf(ANSWER, arrived);
  const [holding] = holdingsAt(timeline, 1);
  return holding === undefined ? [] : cardOf(timeline, 1, holding, []).layers;
}

/** An element in the page, and what it said that it shows. */
async function shown<Element extends TpValues | TpPreviewGrid>(
  element: Element,
): Promise<{ readonly element: Element; readonly looked: readonly Values[] }> {
  let looked: readonly Values[] = [];
  document.body.addEventListener("tp-look", (event) => {
    looked = event.detail;
  });
  document.body.append(element);
  await element.updateComplete;
  return { element, looked };
}

afterEach(() => {
  document.body.replaceChildren();
});

describe("a card whose values are awaited", () => {
  const card = (of: readonly Layer[]): TpValues =>
    Object.assign(new TpValues(), { layers: of, shape: [2], dtype: "torch.float32" });

  it("leaves room for them by their shape, out of reach and unspoken, and says what it looks at", async () => {
    const { element, looked } = await shown(card(layers()));
    const matrix = element.renderRoot.querySelector<TpMatrix>("tp-matrix");
    await matrix?.updateComplete;
    expect(matrix?.inert).toBe(true);
    expect(matrix?.renderRoot.querySelectorAll("td.blank")).toHaveLength(2);
    expect(matrix?.renderRoot.querySelector("[tabindex], [role=grid]")).toBeNull();
    expect(looked).toEqual([awaited(1)]);
  });

  it("is as wide as it will be, if the values at the end are known", () => {
    expect(layers()[0]?.like).toEqual(full([4, 4]));
    expect(layers(withChunk(NOTHING_ARRIVED, 1, [full([1, 1])]))[0]?.like).toBeNull();
  });

  it("has the values in the same place when they have come, and still says what it looks at", async () => {
    const come = full([1, 1]);
    const { element, looked } = await shown(card(layers(withChunk(NOTHING_ARRIVED, 1, [come]))));
    const matrix = element.renderRoot.querySelector<TpMatrix>("tp-matrix");
    await matrix?.updateComplete;
    expect(matrix?.inert).toBe(false);
    expect(matrix?.renderRoot.querySelectorAll("[role=gridcell]")).toHaveLength(2);
    expect(looked).toEqual([come]);
  });

  it("says why they have not come, once, and offers to have them all the same", async () => {
    const { element } = await shown(card(layers(withMissing(NOTHING_ARRIVED, 1, "gone"))));
    let again = 0;
    document.body.addEventListener("tp-again", () => {
      again += 1;
    });
    const missing = element.renderRoot.querySelectorAll("tp-missing");
    await missing[0]?.updateComplete;
    missing[0]?.renderRoot.querySelector("button")?.click();
    expect(missing).toHaveLength(1);
    expect(missing[0]?.renderRoot.textContent).toContain("no longer has the values");
    expect(again).toBe(1);
  });
});

describe("a preview whose values are awaited", () => {
  it("leaves room by the shape, and says what it looks at", async () => {
    const grid = Object.assign(new TpPreviewGrid(), { values: awaited(3), shape: [9, 2] });
    const { element, looked } = await shown(grid);
    expect(element.renderRoot.querySelectorAll("td:not(.gap)")).toHaveLength(3 * 2);
    expect(element.renderRoot.querySelector("[aria-hidden=true] table")).not.toBeNull();
    expect(looked).toEqual([awaited(3)]);
  });
});
