/** Texts of a run: its progress and its end. */
export const runs = {
  run: "Run",
  runAll: "Run the whole program",
  cancel: "Cancel",
  sending: "Sending",
  waiting: (ahead: number) => (ahead === 1 ? "1 run is ahead" : `${ahead} runs are ahead`),
  runningCell: (name: string) => `Running ${name}`,
  neverRun: "Not run yet",
  ranIn: (ms: string) => `Ran in ${ms}`,
  ranAgainIn: (ms: string) => `Ran again in ${ms}`,
  ranAgainWhy: "the service no longer had its values",
  failedIn: (ms: string) => `Ended by an error after ${ms}`,
  timingQueued: "waited",
  timingRun: "ran",
  timingDraw: "drew",
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
