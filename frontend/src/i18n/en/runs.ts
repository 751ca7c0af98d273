/** Texts of a run: its progress and its end. */
export const runs = {
  run: "Run",
  cancel: "Cancel",
  waiting: (ahead: number) => (ahead === 1 ? "1 run is ahead" : `${ahead} runs are ahead`),
  announceDone: (variables: number) => `The run has ended: ${variables} variables.`,
  announceError: (name: string, type: string) => `The run ended in ${name} with ${type}.`,
  announceAgain: "The service no longer had the values of this run, so it was run again.",
  announceStarted: "Running",
  ended: {
    timeout: "Time limit",
    out_of_memory: "Out of memory",
    output_limit: "Output limit",
    crashed: "The program's process died",
  },
  partial: "What it did until then is shown below.",
};
