/** Texts of a view of a program by itself, and of the page that others frame. Code is between backticks. */
export const viewer = {
  viewer: {
    title: "What the program does",
    steps: "Steps",
    code: "Code",
    codeOf: (n: number) => `Code of cell ${n}`,
    lines: (n: number) => (n === 1 ? "1 line" : `${n} lines`),
    run: "Run",
    stop: "Stop",
    runToSee: "Run the program to see what it does.",
    loading: "Running the program…",
    open: "Open in Tensorpad",
    openHere: "The page around this view lets no window open. Copy this address into a new one:",
    address: "Address",
  },
  embed: {
    nowhere:
      "The address of this view names no program. Add one: `code=…`, `cells=[…]`, `snippet=…`, or a link's fragment `#code/…`.",
    unreadable:
      "The program in this address (`#code/…`) cannot be read. It may have been cut short: copy the link anew.",
    missing: (id: string) =>
      `No program is stored as \`${id}\`. Check the id, or put the program itself into the address.`,
    unreachable: "The service does not answer, so the program could not be loaded.",
    again: "Try again",
    choice: (name: string, given: string, choices: readonly string[]) =>
      `\`${name}=${given}\` in the address of this view means nothing: choose from ${choices.map((one) => `\`${one}\``).join(", ")}.`,
    instead: (name: string, value: string) => `Until then it is \`${name}=${value}\`.`,
    notAStep: (given: string) =>
      `\`step=${given}\` in the address of this view is no step: write a whole number from 0 on. The end is shown.`,
    beyond: (given: number, count: number) =>
      `The program has no \`step=${given}\`: its steps are 0 to ${count - 1}. The end is shown.`,
    notCells: '`cells=` in the address of this view is no list of strings in JSON, such as `["x = 1", "x + 1"]`.',
    several: (names: readonly string[]) =>
      `The address of this view names the program ${names.length} times, by ${names.map((name) => `\`${name}\``).join(", ")}. Keep one; the first is shown.`,
    unknown: (name: string, meant: string) => `There is no \`${name}=\` for this view: write \`${meant}=\`.`,
    notThere: (name: string, names: readonly string[]) =>
      names.length === 0
        ? `The program has no tensor \`${name}\` that \`of=\` could show.`
        : `The program has no tensor \`${name}\` that \`of=\` could show: it has ${names.map((one) => `\`${one}\``).join(", ")}.`,
  },
};
