import { describe, expect, it } from "vitest";

import { GUTTER, inView } from "../../../src/values/heat-map/view.ts";
import { Viewport } from "../../../src/values/heat-map/viewport.ts";

const TEXT = { width: 72, height: 22, text: true };

/** A frame of 400 by 300 pixels, and a viewport on a square matrix in it, wholly in view. */
function looking(side: number) {
  const frame = { clientWidth: 400, clientHeight: 300, scrollLeft: 0, scrollTop: 0 };
  const sheet = { style: { width: "", height: "" } };
  const viewport = new Viewport(frame, sheet);
  viewport.measure(side, side, TEXT);
  return { frame, sheet, viewport };
}

describe("what of a matrix is in view", () => {
  it("is the whole at first, and few readable numbers at the largest size", () => {
    const { viewport, sheet } = looking(1000);
    expect(viewport.size).toBe(0);
    expect(inView(viewport.view)).toEqual({ rows: [0, 1000], columns: [0, 1000] });
    viewport.zoomTo(99, null, null);
    expect(viewport.size).toBe(viewport.largest);
    expect(viewport.zoom).toEqual(TEXT);
    expect(sheet.style.width).toBe(`${GUTTER.left + 1000 * TEXT.width}px`);
  });

  it("keeps what is under the pointer there while it is zoomed, and else the cursor", () => {
    const { viewport } = looking(1000);
    const point = { x: 200, y: 150 };
    const under = viewport.under(point);
    viewport.zoomTo(viewport.largest, point, { row: 0, column: 0 });
    expect(viewport.under(point)).toEqual(under);
    viewport.zoomTo(0, null, null);
    viewport.zoomTo(viewport.largest, null, { row: 300, column: 700 });
    const { rows, columns } = inView(viewport.view);
    expect(rows[0]).toBeLessThanOrEqual(300);
    expect(rows[1]).toBeGreaterThan(300);
    expect(columns[0]).toBeLessThanOrEqual(700);
    expect(columns[1]).toBeGreaterThan(700);
  });

  it("has no cell under its rulers, nor beyond the matrix", () => {
    const { viewport } = looking(4);
    expect(viewport.under({ x: GUTTER.left - 1, y: 100 })).toBeNull();
    expect(viewport.under({ x: GUTTER.left, y: GUTTER.top })).toEqual({ row: 0, column: 0 });
    expect(viewport.under({ x: 399, y: 299 })).toBeNull();
  });
});

describe("keys in a large matrix", () => {
  it("lead first to the first cell in view, then by a cell where cells can be told apart", () => {
    const { viewport, frame } = looking(1000);
    viewport.zoomTo(viewport.largest, { x: GUTTER.left, y: GUTTER.top }, null);
    const first = viewport.follow(null, "ArrowRight", false);
    expect(first).toEqual({ row: 0, column: 0 });
    expect(viewport.follow(first, "ArrowRight", false)).toEqual({ row: 0, column: 1 });
    expect(viewport.follow(first, "x", false)).toBeNull();
    expect(frame.scrollLeft).toBe(0);
  });

  it("lead by what can be told apart where cells are small, and not beyond the last", () => {
    const { viewport } = looking(1000);
    const step = Math.round(4 / viewport.zoom.width);
    expect(step).toBeGreaterThan(1);
    expect(viewport.follow({ row: 0, column: 0 }, "ArrowDown", false)).toEqual({ row: step, column: 0 });
    expect(viewport.follow({ row: 998, column: 0 }, "ArrowDown", false)).toEqual({ row: 999, column: 0 });
    expect(viewport.follow({ row: 5, column: 5 }, "End", true)).toEqual({ row: 999, column: 999 });
  });

  it("bring the cell that they lead to into view", () => {
    const { viewport } = looking(1000);
    viewport.zoomTo(viewport.largest, { x: GUTTER.left, y: GUTTER.top }, null);
    viewport.follow({ row: 0, column: 0 }, "End", true);
    expect(inView(viewport.view)).toMatchObject({
      rows: [expect.any(Number), 1000],
      columns: [expect.any(Number), 1000],
    });
  });
});
