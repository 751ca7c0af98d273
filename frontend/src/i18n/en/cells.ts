/** Texts of cells, their editor and their output. */
export const cells = {
  runFirst: (count: number) => (count === 1 ? "An earlier program runs first" : `${count} earlier programs run first`),
  program: "Program",
  cell: (n: number) => `Cell ${n}`,
  /** What a cell is called within a sentence, where the page gives it no title. */
  cellNamed: (n: number) => `cell ${n}`,
  code: (name: string) => `Code of ${name}; Escape, then Tab, leaves it`,
  stdout: "Printed",
  stderr: "Warnings and errors printed",
  result: "Result",
  enlarge: "Enlarge",
  savePicture: "Save the picture",
  notRun: "Not run: what comes before did not end.",
  edited: "edited since the run",
  errorAt: (line: number) => `line ${line}`,
  errorIn: (line: number, name: string) => `line ${line} of ${name}`,
  traceback: "Traceback",
  libraryFrames: (frames: number, libraries: string) =>
    frames === 1 ? `… 1 frame in ${libraries} …` : `… ${frames} frames in ${libraries} …`,
  hiddenCharacter: (code: string) => `An invisible character, ${code}`,
};
