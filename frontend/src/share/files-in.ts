/** A notebook or a Python file from a person's disk, as cells. */

import { asState } from "./state.ts";

/** A line with which many editors begin a cell of a Python file. */
const CELL = /^# ?%%.*$/m;

/** The cells of a file, by its name and text; null if it has none that can be shown. */
export function cellsOfFile(name: string, text: string): readonly string[] | null {
  const found = /\.ipynb$/i.test(name) ? ofNotebook(text) : /\.py$/i.test(name) ? ofPython(text) : null;
  const cells = found?.map((cell) => cell.replace(/^\n+|\s+$/g, "")).filter((cell) => cell !== "") ?? [];
  return asState({ cells })?.cells ?? null;
}

function ofPython(text: string): string[] {
  return text.replaceAll("\r\n", "\n").split(CELL);
}

/** The code cells. What is a command of the notebook, and not Python, stays as a comment. */
function ofNotebook(text: string): string[] | null {
  let file: unknown;
  try {
    file = JSON.parse(text);
  } catch {
    return null;
  }
  const cells = (file as { readonly cells?: unknown } | null)?.cells;
  if (!Array.isArray(cells)) return null;
  return cells.flatMap((cell: { readonly cell_type?: unknown; readonly source?: unknown } | null) => {
    if (cell?.cell_type !== "code") return [];
    const { source } = cell;
    const code = Array.isArray(source) ? source.join("") : typeof source === "string" ? source : "";
    return [code.replace(/^(?=\s*[%!])/gm, "# ")];
  });
}
