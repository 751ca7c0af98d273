/** Gates for tests, of which a test names only what it is about. */

import type { Gate } from "../../src/api/schema.ts";

export function gate(parts: Partial<Gate> = {}): Gate {
  return {
    cell: 0,
    line: 2,
    kind: "shape",
    target: "x",
    step: 1,
    answer: "(2,)",
    options: [],
    misses: [],
    because: "Because.",
    problem: null,
    ...parts,
  };
}
