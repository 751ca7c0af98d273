/** Texts of `<tensor-pad>` in somebody else's page. */
export const pad = {
  title: "A PyTorch program, run by Tensorpad",
  picture: (name: string | null) => (name === null ? "Computation graph" : `Computation graph of ${name}`),
  source: "The program",
  run: "Run it",
  step: "Step through it",
  starting: "Starting…",
  again: "Try again",
  unreachable: (host: string) => `${host} does not answer, so the program cannot run now.`,
  unread: (address: string) =>
    address.startsWith("file:")
      ? "A page that was opened from a file cannot read another file. Put both on a server, or open a page of tensorpad run --format html."
      : `The recording ${address} could not be read. Check that it is there, and that this page may read it.`,
  nothing: "There is no program here. Add a <script type=text/x-python>, or the attribute “code” or “snippet”.",
  twice: (names: string) => `This pad has more than one program: ${names}. Keep one.`,
  cells: "The attribute “cells” must be a JSON list of strings.",
  server: "No server is known. Load embed.js with a <script src>, or set the attribute “server”.",
  address: (given: string) => `The attribute “server” is not the address of a server: ${given}`,
};
