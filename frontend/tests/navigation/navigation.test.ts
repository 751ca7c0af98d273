import { describe, expect, it, vi } from "vitest";

import type { RunResponse } from "../../src/api/schema.ts";
import { DARK } from "../../src/timeline/lights.ts";
import { Navigation } from "../../src/navigation/navigation.ts";
import { graph, node, pass, response, step, tensor } from "../support/answers.ts";

const ANSWER = response({
  tensors: [tensor({ id: "t1" }), tensor({ id: "t2" }), tensor({ id: "t3" })],
  steps: [
    step({ ref: "op1", outputs: ["t1"] }),
    step({ ref: "op2", outputs: ["t2"] }),
    step({ ref: "op3", outputs: ["t3"] }),
  ],
  graphs: [
    graph({ id: "g1", nodes: [node({ id: "n1", tensor: "t1", operation: "op1" })] }),
    graph({ id: "g2", nodes: [node({ id: "n2", tensor: "t2", operation: "op2" })] }),
    graph({ id: "g3", nodes: [node({ id: "n3", tensor: "t3", operation: "op3" })] }),
  ],
});

function arrived(answer: RunResponse = ANSWER): Navigation {
  const navigation = new Navigation(
    () => answer,
    () => undefined,
  );
  navigation.arrive(answer);
  return navigation;
}

const at = (id: string, pin: boolean) => ({ target: { kind: "tensor", tensor: id } as const, pin });

describe("where a person is", () => {
  it("is at the end of an answer, with its last graph", () => {
    expect(arrived().viewpoint).toEqual({ view: "graph", step: null, graph: "g3" });
    expect(arrived(response()).viewpoint.graph).toBeNull();
  });

  it("is in the graph of a step, and of a tensor that was clicked", () => {
    const navigation = arrived();
    navigation.goTo(0);
    expect(navigation.viewpoint).toMatchObject({ step: 0, graph: "g1" });
    navigation.point(at("t2", true));
    expect(navigation.viewpoint).toMatchObject({ step: 0, graph: "g2" });
  });

  it("stays with the last graph from run to run, and with one that was chosen", () => {
    const first = response({ graphs: [graph({ id: "g1" })] });
    const navigation = arrived(first);
    navigation.arrive(ANSWER);
    expect(navigation.viewpoint.graph).toBe("g3");
    navigation.choose("g1");
    navigation.arrive(ANSWER);
    expect(navigation.viewpoint.graph).toBe("g1");
  });

  it("is, once the answer is there, where a link leads to", () => {
    let answer: RunResponse | null = null;
    const navigation = new Navigation(
      () => answer,
      () => undefined,
    );
    const wanted = { view: "memory", step: 1, graph: "g1" } as const;
    navigation.leave(wanted);
    expect(navigation.viewpoint).toEqual({ view: "memory", step: null, graph: null });
    expect(navigation.linked).toEqual(wanted);
    answer = ANSWER;
    navigation.arrive(answer);
    expect(navigation.viewpoint).toEqual(wanted);
  });

  it("is told by a link without the graph that is shown anyway", () => {
    const navigation = arrived();
    expect(navigation.linked).toEqual({ view: "graph", step: null, graph: null });
    navigation.choose("g1");
    expect(navigation.linked.graph).toBe("g1");
  });

  it("stays in the graph that was chosen as long as there is one of its name", () => {
    const navigation = arrived();
    navigation.choose("g1");
    navigation.arrive(ANSWER);
    expect(navigation.viewpoint.graph).toBe("g1");
    navigation.arrive(response({ graphs: [graph({ id: "g9" })] }));
    expect(navigation.viewpoint.graph).toBe("g9");
  });
});

describe("what an answer opens on", () => {
  const PASSED = response({
    ...ANSWER,
    backwards: [pass({ id: "b1", graphs: ["g1"] }), pass({ id: "b2", graphs: ["g2"] })],
  });
  const PLAIN = response({ tensors: [tensor({ id: "t1" })] });

  it("is the graph that was differentiated last", () => {
    const navigation = arrived(PASSED);
    expect(navigation.viewpoint.graph).toBe("g2");
    expect(navigation.linked.graph).toBeNull();
  });

  it("is the values where there is no graph, until another answer has one", () => {
    const navigation = arrived(PLAIN);
    expect(navigation.viewpoint.view).toBe("values");
    expect(navigation.linked.view).toBe("graph");
    navigation.arrive(ANSWER);
    expect(navigation.viewpoint.view).toBe("graph");
  });

  it("is the view that a person chose", () => {
    const navigation = arrived(PLAIN);
    navigation.show("values");
    navigation.arrive(ANSWER);
    expect(navigation.viewpoint.view).toBe("values");
    navigation.show("memory");
    navigation.arrive(PLAIN);
    expect(navigation.viewpoint.view).toBe("memory");
    expect(arrived(response()).viewpoint.view).toBe("graph");
  });
});

describe("another answer to the same program", () => {
  it("leaves a person where they are", () => {
    const navigation = arrived();
    navigation.goTo(1);
    navigation.choose("g1");
    navigation.arrive(ANSWER, true);
    expect(navigation.viewpoint).toEqual({ view: "graph", step: 1, graph: "g2" });
    navigation.arrive(ANSWER);
    expect(navigation.viewpoint.step).toBeNull();
  });
});

describe("what lights up", () => {
  it("is of what is pointed at, else of what was clicked, else of the step", () => {
    const navigation = arrived();
    expect(navigation.lit).toBe(DARK);
    navigation.goTo(0);
    expect([...navigation.lit.tensors]).toEqual(["t1"]);
    navigation.point(at("t2", true));
    navigation.point(at("t3", false));
    expect([...navigation.lit.tensors]).toEqual(["t3"]);
    expect([...navigation.pinned.tensors]).toEqual(["t2"]);
    navigation.point({ target: null, pin: false });
    expect([...navigation.lit.tensors]).toEqual(["t2"]);
    navigation.unpin();
    expect([...navigation.pinned.tensors]).toEqual(["t1"]);
    expect(navigation.clicked).toBe(DARK);
  });

  it("is forgotten with another step", () => {
    const navigation = arrived();
    navigation.point(at("t2", true));
    navigation.goTo(0);
    expect([...navigation.pinned.tensors]).toEqual(["t1"]);
  });

  it("is the same object while nothing pins anything else, so that nothing is brought into view anew", () => {
    const navigation = arrived();
    navigation.point(at("t2", true));
    const { pinned } = navigation;
    navigation.point(at("t3", false));
    expect(navigation.pinned).toBe(pinned);
    navigation.point(at("t2", true));
    expect(navigation.pinned).not.toBe(pinned);
  });

  it("is told of at once", () => {
    const changed = vi.fn();
    new Navigation(() => ANSWER, changed).point(at("t2", false));
    expect(changed).toHaveBeenCalledOnce();
  });
});
