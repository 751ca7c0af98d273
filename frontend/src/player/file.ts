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

/** What answers have got since there are recordings of this version, by where it is: what an older one then says. */
const LATER: Readonly<Record<"cell" | "display", Readonly<Record<string, unknown>>>> = {
  cell: { title: null },
  display: { mime: null, data: "", text: "", width: null, clears: false },
};

/** Completes a file that was written before answers had all that they have now. */
export function complete(file: object): void {
  const { answer } = file as { readonly answer?: { readonly cells?: unknown } | null };
  for (const cell of objects(answer?.cells)) {
    add(cell, LATER.cell);
    for (const display of objects(cell["displays"])) add(display, LATER.display);
  }
}

/** The objects of a list; none of what is no list. */
function objects(list: unknown): Record<string, unknown>[] {
  if (!Array.isArray(list)) return [];
  return list.filter((one): one is Record<string, unknown> => typeof one === "object" && one !== null);
}

function add(record: Record<string, unknown>, members: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(members)) if (record[name] === undefined) record[name] = value;
}

/** Where a file differs from what a recording is, as a path in its JSON; null if it does not. */
export function faultOf(file: object): string | null {
  return (
    misfit(file, FILE, SHAPES) ??
    misfit("answer" in file ? file.answer : null, { record: "RunResponse" }, SHAPES, "/answer")
  );
}
