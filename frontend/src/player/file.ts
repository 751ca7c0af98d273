/** The shape of a recording's file (`docs/recordings.md`). */

import { misfit, type Shape } from "./shape.ts";
import { SHAPES } from "./shapes.ts";

const TEXTS: Shape = { list: "text" };
/** Parts of an answer that a client may leave out, and a recording has. */
const PARTS = [
  ...["variables", "tensors", "storages", "arrays", "holders", "steps", "outputs", "operations", "graphs"],
  ...["backwards", "formulas", "notices"],
];

const FILE: Shape = {
  members: {
    program: { members: { cells: TEXTS, lang: "text" } },
    answer: { members: Object.fromEntries(PARTS.map((part) => [part, "any"])) },
    derivations: {
      list: {
        members: {
          derivation: { record: "Derivation" },
          "of?": { either: ["text", "null"] },
          "backward?": { either: ["text", "null"] },
          "checked?": "truth",
          "message?": { either: ["text", "null"] },
        },
      },
    },
    drawings: {
      list: { members: { graph: "text", open: TEXTS, closed: TEXTS, drawn: { record: "DrawnGraph" } } },
    },
    openings: { list: { members: { operation: "text", opening: { record: "Opening" } } } },
    lenses: {
      list: { members: { operation: "text", output: "whole", element: { list: "whole" }, lens: { record: "Lens" } } },
    },
    names: { list: { members: { name: "text", documentation: { record: "NameRecord" } } } },
  },
};

/** Where a file differs from what a recording is, as a path in its JSON; null if it does not. */
export function faultOf(file: object): string | null {
  return (
    misfit(file, FILE, SHAPES) ??
    misfit("answer" in file ? file.answer : null, { record: "RunResponse" }, SHAPES, "/answer")
  );
}
