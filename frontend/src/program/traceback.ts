/** A traceback as a person reads it: the program's frames, and those of libraries, which fold. */

export type TracebackPart =
  | { readonly kind: "program"; readonly text: string }
  | { readonly kind: "library"; readonly text: string; readonly frames: number; readonly libraries: readonly string[] };

const FRAME = /^[\s|]* {2}File "([^"]*)", line \d+/;
/** Lines that belong to the frame above: its source, the marks under it, and how often it was repeated. */
const BELONGS = /^[\s|]* {4}|^[\s|]* {2}\[Previous line repeated/;
/** Python names its own files so, too: `<frozen importlib._bootstrap>`. */
const OF_PROGRAM = /^<(?!frozen |__)[^<>]*>$/;

interface Lines {
  readonly library: boolean;
  readonly lines: string[];
  readonly files: string[];
}

/** The parts of a traceback in their order: frames of libraries that follow one another are one part. */
export function tracebackParts(traceback: string): TracebackPart[] {
  const parts: Lines[] = [];
  let inLibrary = false;
  for (const line of traceback.split("\n")) {
    const file = FRAME.exec(line)?.[1];
    if (file !== undefined) inLibrary = !OF_PROGRAM.test(file);
    else if (!BELONGS.test(line)) inLibrary = false;
    let part = parts.at(-1);
    if (part?.library !== inLibrary) {
      part = { library: inLibrary, lines: [], files: [] };
      parts.push(part);
    }
    part.lines.push(line);
    if (file !== undefined) part.files.push(file);
  }
  return parts.map((part) => {
    const text = part.lines.join("\n");
    if (!part.library) return { kind: "program", text };
    return { kind: "library", text, frames: part.files.length, libraries: [...new Set(part.files.map(libraryOf))] };
  });
}

/** The library that a file belongs to: `torch` of `torch/nn/modules/linear.py`, `json` of `json/decoder.py`. */
function libraryOf(file: string): string {
  const first = /[^/<>]+/.exec(file)?.[0] ?? file;
  return first.replace(/^frozen /, "").replace(/\.py$/, "");
}
