/** Texts of cells, their editor and their output. */
export const cells = {
  runFirst: (count: number) => (count === 1 ? "An earlier program runs first" : `${count} earlier programs run first`),
  program: "Program",
  cell: (n: number) => `Cell ${n}`,
  /** What a cell is called within a sentence, where the page gives it no title. */
  cellNamed: (n: number) => `cell ${n}`,
  code: (name: string) => `Code of ${name}; Escape, then Tab, leaves it`,
  codeHint: "Python with torch and numpy",
  addCell: "Add a cell below",
  deleteCell: "Delete the cell",
  moveUp: "Move the cell up",
  moveDown: "Move the cell down",
  runHere: "Run up to this cell",
  runHereAbout:
    "Run this cell after all those before it. Every run starts afresh, so that no result depends on an earlier one.",
  addLastCell: "Add a cell at the end",
  deletedCell: (n: number) => `Cell ${n} was deleted.`,
  cellActions: (n: number) => `Actions for cell ${n}`,
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
