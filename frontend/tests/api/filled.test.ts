import { describe, expect, it } from "vitest";

import { as, filling } from "../../src/api/filled.ts";

const NODE = {
  defaults: { children: [], note: null, at: 0, place: { line: 1 } },
  within: { children: { list: "Node" } },
};
const fill = filling({
  Node: NODE,
  Tree: {
    defaults: {},
    within: {
      root: "Node",
      pair: { tuple: [null, "Node"] },
      either: { kinds: { node: "Node" } },
      rows: { list: { list: "Node" } },
    },
  },
});

describe("what an answer came without", () => {
  it("is filled in with its default, in whatever depth, and what it came with is left", () => {
    const tree = { root: { children: [{ note: "kept" }, { at: 7 }] } };
    fill("Tree", tree);
    expect(tree.root).toEqual({
      children: [
        { children: [], note: "kept", at: 0, place: { line: 1 } },
        { children: [], note: null, at: 7, place: { line: 1 } },
      ],
      note: null,
      at: 0,
      place: { line: 1 },
    });
  });

  it("is filled in within tuples and lists of lists", () => {
    const tree = { pair: [{}, {}], rows: [[{ at: 1 }], []] };
    fill("Tree", tree);
    expect(tree.pair).toEqual([{}, { children: [], note: null, at: 0, place: { line: 1 } }]);
    expect(tree.rows[0]?.[0]).toHaveProperty("note", null);
  });

  it("is filled in only for the record that the kind of a union tells", () => {
    const [node, other] = [{ either: { kind: "node" } }, { either: { kind: "other" } }];
    fill("Tree", node);
    fill("Tree", other);
    expect(node.either).toHaveProperty("children", []);
    expect(other.either).toEqual({ kind: "other" });
  });

  it("is left out where the record itself is null or not there", () => {
    const tree = { root: null, pair: [null, null], rows: [[null]] };
    fill("Tree", tree);
    expect(tree).toEqual({ root: null, pair: [null, null], rows: [[null]] });
  });

  it("cannot be changed for another record that has the same default", () => {
    const node: { place?: { line: number }; children?: unknown[] } = {};
    fill("Node", node);
    expect(() => node.children?.push(1)).toThrow(TypeError);
    expect(() => Object.assign(node.place ?? {}, { line: 2 })).toThrow(TypeError);
  });
});

describe("numbers of single precision", () => {
  const opened = (values: object): unknown =>
    as("OpeningResponse")({ opening: { tensors: [{ values }] } }).opening?.tensors[0]?.values;

  it("are the numbers that torch has", () => {
    const data = [
      [0.00125, 0.1],
      ["NaN", [1e-45, "Infinity"]],
    ];
    expect(opened({ kind: "full", single: true, data })).toHaveProperty("data", [
      [Math.fround(0.00125), 0.10000000149011612],
      ["NaN", [1.401298464324817e-45, "Infinity"]],
    ]);
    expect(opened({ kind: "full", single: true, data: 0.3 })).toHaveProperty("data", 0.30000001192092896);
  });

  it("are left as they came where they are of double precision, and where they are integers or booleans", () => {
    expect(opened({ kind: "full", data: [0.1] })).toHaveProperty("data", [0.1]);
    expect(opened({ kind: "full", single: false, data: [0.1] })).toHaveProperty("data", [0.1]);
    expect(opened({ kind: "full", single: true, data: [true, 3, "9007199254740993"] })).toHaveProperty("data", [
      true,
      3,
      "9007199254740993",
    ]);
  });

  it("are so in a summary, too", () => {
    const summary = {
      kind: "summary",
      single: true,
      count: 9,
      min: "-Infinity",
      max: 0.1,
      mean: null,
      std: 0.2,
      histogram: [1],
      corners: { rows: [0], columns: [0, 1], data: [[0.1, [0.1, 0.2]]] },
    };
    const [tenth, fifth] = [Math.fround(0.1), Math.fround(0.2)];
    expect(opened(summary)).toMatchObject({
      min: "-Infinity",
      max: tenth,
      mean: null,
      std: fifth,
      corners: { data: [[tenth, [tenth, fifth]]] },
    });
  });
});
