import { expect, it } from "vitest";

import { Timeline } from "../../src/timeline/timeline.ts";
import { TpVariables } from "../../src/values/tp-variables.ts";
import { response, step } from "../support/answers.ts";

const bound = (name: string, cell: number) =>
  step({
    ref: `s-${name}`,
    kind: "statement",
    name: "",
    span: { cell, line: 1, column: 0, end_line: 1, end_column: 1 },
    bound: [{ name, type: "int", text: "1", value: null }],
  });

it("shows what a program names itself, and folds what only those before it name, tensors or not", async () => {
  const variables = new TpVariables();
  variables.timeline = new Timeline(response({ steps: [bound("old", 0), bound("used", 0), bound("own", 1)] }));
  variables.cells = ["old = 1; used = 1", "own = used"];
  variables.from = 1;
  variables.step = 2;
  document.body.append(variables);
  await variables.updateComplete;
  const shown = (): (string | undefined)[] =>
    [...variables.renderRoot.querySelectorAll("th tp-text")].map(
      (text) => (text as HTMLElement & { text?: string }).text,
    );
  expect(shown()).toEqual(["used", "own"]);
  const details = variables.renderRoot.querySelector("details");
  expect(details?.querySelector("summary")?.textContent).toContain("1");
  if (details !== null) details.open = true;
  details?.dispatchEvent(new Event("toggle"));
  await variables.updateComplete;
  expect(shown()).toEqual(["used", "own", "old"]);
});
