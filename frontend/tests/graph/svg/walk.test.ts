import { describe, expect, it } from "vitest";

import { stepFrom } from "../../../src/graph/svg/walk.ts";

const box = (x: number, y: number) => ({ x, y, width: 10, height: 10 });

/** x and w beside each other; y below x, made of both; z to the right of y, made of w alone. */
const BOXES = new Map([
  ["x", box(0, 0)],
  ["w", box(40, 4)],
  ["y", box(0, 50)],
  ["z", box(60, 50)],
]);
const WAYS = [
  { source: "x", target: "y" },
  { source: "w", target: "y" },
  { source: "w", target: "z" },
];
const from = (node: string, key: string) => stepFrom(node, key, BOXES, WAYS);

describe("walking through a graph", () => {
  it("goes down and up along edges, to the nearest where there are several", () => {
    expect(from("x", "ArrowDown")).toBe("y");
    expect(from("w", "ArrowDown")).toBe("z");
    expect(from("y", "ArrowUp")).toBe("x");
    expect(from("z", "ArrowUp")).toBe("w");
  });

  it("goes to the side to what stands at the same height", () => {
    expect(from("x", "ArrowRight")).toBe("w");
    expect(from("w", "ArrowLeft")).toBe("x");
    expect(from("y", "ArrowRight")).toBe("z");
  });

  it("stays where there is nothing", () => {
    expect(from("x", "ArrowUp")).toBeNull();
    expect(from("z", "ArrowRight")).toBeNull();
    expect(from("x", "Enter")).toBeNull();
  });
});
