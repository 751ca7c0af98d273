/** Texts of `<tensor-pad>` in somebody else's page. */
export const pad = {
  title: "A PyTorch program, run by Tensorpad",
  picture: (name: string | null) => (name === null ? "Computation graph" : `Computation graph of ${name}`),
  source: "The program",
  run: "Run it",
  starting: "Starting…",
  again: "Try again",
  unreachable: (host: string) => `${host} did not answer, so the program cannot be run now.`,
  nothing: "There is no program here. Put one into a <script type=text/x-python>, the attribute “code”, or “snippet”.",
  twice: (names: string) => `The program is given more than once: ${names}. Leave one.`,
  cells: "The attribute “cells” is no JSON list of strings.",
  server: "No server is known. Load embed.js with a <script src>, or name the server in the attribute “server”.",
  address: (given: string) => `The attribute “server” is no address of a server: ${given}`,
};
