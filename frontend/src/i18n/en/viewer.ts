/** Texts of a view of a program by itself, and of a recording. Code is between backticks. */
export const viewer = {
  viewer: {
    title: "What the program does",
    steps: "Steps",
    code: "Code",
    codeOf: (name: string) => `Code of ${name}`,
    lines: (n: number) => (n === 1 ? "1 line" : `${n} lines`),
    run: "Run",
    stop: "Stop",
    runToSee: "Run the program to see what it does.",
    loading: "Running the program…",
    open: "Open in Tensorpad",
    openHere: "The page around this view blocks new windows. Copy this address and open it yourself:",
    address: "Address",
  },
  player: {
    none: "This file is no recording of Tensorpad. `tensorpad record` makes one.",
    newer: (version: number) =>
      `This recording has version ${version}, which is newer than this page can play. Take the scripts of a newer Tensorpad.`,
    large: (mib: number) => `This recording is larger than ${mib} MiB, and is not opened.`,
    damaged: (where: string) => `This recording is damaged: \`${where}\`.`,
    contradicts: "This recording is damaged: parts of it contradict each other.",
    edit: "Edit and run",
  },
};
