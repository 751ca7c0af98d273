import { python } from "@codemirror/lang-python";
import { ensureSyntaxTree } from "@codemirror/language";
import { EditorState } from "@codemirror/state";
import { describe, expect, it } from "vitest";

import { expressionAt, expressionIn } from "../../../src/program/editor/expressions.ts";
import { notebook } from "../../../src/run/notebook.ts";
import { findings, setReport } from "../../../src/program/editor/findings.ts";
import { Timeline } from "../../../src/timeline/timeline.ts";
import { full, response, step, tensor } from "../../support/answers.ts";
import { span } from "../../support/spans.ts";

// x is 1, then `x = x * x * 3` makes it 3, over 1.
const CODE = "x = f()\nx = x * x * 3\nx.add_(n)";

const made = (id: string, at: number, value: number, then: { step: number; value: number } | null = null) =>
  tensor({
    id,
    values: full(then?.value ?? value),
    history: [
      { step: at, version: 0, values: then === null ? null : full(value) },
      ...(then === null ? [] : [{ step: then.step, version: 1, values: null }]),
    ],
  });
const named = (name: string, value: string) => ({ name, value, text: null, type: "torch.Tensor" });

const timeline = new Timeline(
  response({
    tensors: [made("t1", 0, 1), made("t2", 1, 10), made("t3", 2, 30, { step: 5, value: 31 })],
    steps: [
      step({
        ref: "",
        kind: "statement",
        span: span(0, 1, 0, 7),
        bound: [named("x", "t1")],
      }),
      step({ ref: "op1", span: span(0, 2, 4, 9), outputs: ["t2"] }),
      step({ ref: "op2", span: span(0, 2, 4, 13), outputs: ["t3"] }),
      step({ ref: "", kind: "statement", span: span(0, 2, 0, 13), bound: [named("x", "t3")] }),
      step({ ref: "", kind: "statement", bound: [{ name: "n", value: null, text: "1", type: "int" }] }),
      step({ ref: "op3", span: span(0, 3, 0, 9), outputs: ["t3"], changed: [{ id: "t3", version: 1 }] }),
      step({ ref: "", kind: "statement", span: span(0, 3, 0, 9) }),
    ],
  }),
);

function opened(code = CODE): EditorState {
  const state = EditorState.create({ doc: CODE, extensions: [python(), findings] });
  const report = { cells: notebook([CODE]), index: 0, timeline, error: null, notices: [] };
  const reported = state.update({ effects: setReport.of({ report, step: null }) }).state;
  const edited = reported.update({ changes: { from: 0, to: CODE.length, insert: code } }).state;
  const shown = code === CODE ? reported : edited;
  return parsed(shown);
}

/** The state with its whole syntax tree, however slow the machine: a new state parses for 20 ms only. */
function parsed(state: EditorState): EditorState {
  ensureSyntaxTree(state, state.doc.length, 60_000);
  return state.update({}).state;
}

function at(state: EditorState, position: number): unknown {
  const seen = expressionAt(state, position, 1)?.seen;
  return seen?.kind === "member" ? seen.values : seen?.kind === "plain" ? seen.text : undefined;
}

function within(text: string, state = opened()): unknown {
  const from = state.doc.toString().indexOf(text);
  const seen = expressionIn(state, { from, to: from + text.length })?.seen;
  return seen?.kind === "member" ? seen.values : undefined;
}

describe("the value of code", () => {
  it("is, for a gradient that is assigned, what it is then, and for one that is read, what it was before", () => {
    const code = "x.grad = None\ny = x.grad";
    const cleared = new Timeline(
      response({
        tensors: [
          tensor({
            id: "t1",
            history: [{ step: 0, version: 0, values: full(1) }],
            grad_changes: [
              { step: 0, values: full(7) },
              { step: 1, values: null },
            ],
          }),
        ],
        steps: [
          step({ ref: "", kind: "statement", bound: [named("x", "t1")] }),
          step({ ref: "", kind: "statement", span: span(0, 1, 0, 13) }),
          step({ ref: "", kind: "statement", span: span(0, 2, 0, 10) }),
        ],
      }),
    );
    const seen = (text: string, of: string): unknown => {
      const empty = EditorState.create({ doc: text, extensions: [python(), findings] });
      const report = { cells: notebook([text]), index: 0, timeline: cleared, error: null, notices: [] };
      const state = parsed(empty.update({ effects: setReport.of({ report, step: null }) }).state);
      const from = text.lastIndexOf(of);
      const found = expressionIn(state, { from, to: from + of.length })?.seen;
      return found?.kind === "gradient" ? found.values : "no gradient";
    };
    expect(seen(code, "x.grad")).toBeNull();
    expect(seen("x.grad = None", "x.grad")).toBeNull();
    expect(seen("print(x.grad)", "x.grad")).toEqual(full(7));
  });

  it("is, for an operation, what it gave", () => {
    expect(within("x * x")).toEqual(full(10));
    expect(within("x * x * 3")).toEqual(full(30));
    expect(at(opened(), CODE.indexOf("* 3"))).toEqual(full(30));
  });

  it("is, for a name, what it was before the line, and after it where the line binds it", () => {
    const state = opened();
    const line = CODE.indexOf("\n") + 1;
    expect(at(state, line)).toEqual(full(30));
    expect(at(state, line + 4)).toEqual(full(1));
    expect(at(state, CODE.lastIndexOf("x.add_"))).toEqual(full(30));
    expect(at(state, CODE.lastIndexOf("n"))).toBe("1");
  });

  it("is, for an operation in place, what was there afterwards", () => {
    expect(within("x.add_(n)")).toEqual(full(31));
  });

  it("is, for the right side of an assignment that no operation made, what was assigned", () => {
    expect(within("f()")).toEqual(full(1));
  });

  it("is unknown for half an expression", () => {
    expect(within("* x")).toBeUndefined();
    expect(within("x = x * x * 3")).toBeUndefined();
  });

  it("goes with the code when it moves, and is forgotten when it is edited", () => {
    const state = opened();
    const moved = parsed(state.update({ changes: { from: 0, insert: "# a\n" } }).state);
    expect(within("x * x", moved)).toEqual(full(10));
    const edited = parsed(state.update({ changes: { from: CODE.indexOf("* 3") + 2, insert: "1" } }).state);
    expect(within("x * x * 13", edited)).toBeUndefined();
    expect(within("x * x", edited)).toEqual(full(10));
  });
});
