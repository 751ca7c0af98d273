/** Texts of the page that others frame. Code is between backticks. */
export const embed = {
  embed: {
    nowhere: "This address has no program. Add one: `code=…`, `cells=[…]`, `snippet=…`, or the `#code/…` of a link.",
    unreadable:
      "The program in this address (`#code/…`) cannot be read. It may have been cut off: copy the link again.",
    missing: (id: string) =>
      `No program is stored under \`${id}\`. Check the id, or put the program itself in the address.`,
    unreachable: "The service does not answer, so the program could not be loaded.",
    again: "Try again",
    choice: (name: string, given: string, choices: readonly string[]) =>
      `\`${name}=${given}\` is not valid. Choose from ${choices.map((one) => `\`${one}\``).join(", ")}.`,
    /** After another sentence. */
    instead: (name: string, value: string) => ` Showing \`${name}=${value}\` instead.`,
    notAStep: (given: string) => `\`step=${given}\` is not a step. Use a whole number from 0. Showing the end.`,
    beyond: (given: number, count: number) =>
      `There is no \`step=${given}\`: this program has steps 0 to ${count - 1}. Showing the end.`,
    notCells: '`cells=` must be a JSON list of strings, such as `["x = 1", "x + 1"]`.',
    several: (names: readonly string[]) =>
      `This address has ${names.length} programs: ${names.map((name) => `\`${name}\``).join(", ")}. Keep one. Showing the first.`,
    unknown: (name: string, meant: string) => `There is no parameter \`${name}=\`. Use \`${meant}=\`.`,
    notThere: (name: string, names: readonly string[]) =>
      names.length === 0
        ? `The program has no tensor \`${name}\` for \`of=\` to show.`
        : `The program has no tensor \`${name}\` for \`of=\` to show. It has ${names.map((one) => `\`${one}\``).join(", ")}.`,
  },
};
