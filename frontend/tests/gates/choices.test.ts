import { describe, expect, it } from "vitest";

import { answerText, choicesOf, shuffled } from "../../src/gates/choices.ts";
import { gate } from "../support/gates.ts";

describe("an answer in words", () => {
  const words = { yes: "They do", no: "They do not", noError: "It runs" };

  it("is what its choice is called, and code where nothing else is written", () => {
    const shares = gate({ kind: "shares", answer: "True" });
    const raises = gate({ kind: "raises", answer: "no error" });
    expect(["True", "False"].map((given) => answerText(shares, given, words))).toEqual(["They do", "They do not"]);
    expect(["no error", "TypeError"].map((given) => answerText(raises, given, words))).toEqual([
      "It runs",
      "`TypeError`",
    ]);
    expect(answerText(gate({ kind: "value", answer: "True" }), "True", words)).toBe("`True`");
    expect(answerText(gate({ kind: "which" }), "y is a view", words)).toBe("y is a view");
  });
});

describe("the choices of a gate", () => {
  it("have the right answer among them, even an unusual one", () => {
    const given = choicesOf(gate({ kind: "raises", answer: "NotImplementedError" }))?.map((one) => one.given);
    expect(given).toContain("NotImplementedError");
    expect(given?.[0]).toBe("no error");
    expect(choicesOf(gate({ kind: "dtype", answer: "torch.uint8" }))?.map((one) => one.given)).toContain("torch.uint8");
  });

  it("are none where a person writes the answer", () => {
    expect(choicesOf(gate({ kind: "shape" }))).toBeNull();
    expect(choicesOf(gate({ kind: "value", answer: "1.0" }))).toBeNull();
  });

  it("are True and False of what is one of the two", () => {
    for (const answer of ["True", "False"])
      expect(choicesOf(gate({ kind: "value", answer }))?.map((one) => one.given)).toEqual(["True", "False"]);
  });

  it("come in an order that is the same each time, and not always with the right one first", () => {
    const options = ["a", "b", "c"].map((text, at) => ({ text, right: at === 0, because: "" }));
    const orders = ["Why?", "Which one?", "What changes?", "Who?"].map((target) =>
      (choicesOf(gate({ kind: "which", target, options })) ?? []).map((one) => one.given),
    );
    for (const order of orders) expect(order.toSorted()).toEqual(["a", "b", "c"]);
    expect(orders.some(([first]) => first !== "a")).toBe(true);
    expect(shuffled(["a", "b", "c", "d"], "x")).toEqual(shuffled(["a", "b", "c", "d"], "x"));
  });
});
