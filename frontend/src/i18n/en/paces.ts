/** Texts of how one goes along the timeline. */
export const paces = {
  label: "How far to go at a time",
  about: "How far the arrows and the slider go. Shift →: over calls. Shift ↓: into a call. Shift ↑: out of it.",
  names: {
    step: "by step",
    statement: "by statement",
    call: "by call",
    round: "by round",
    backward: "by backward pass",
    change: "by change of a tensor",
  },
  changeOf: (name: string) => `by change of ${name}`,
  to: (name: string, by: 1 | -1) => `${by > 0 ? "Forward" : "Back"} ${name}`,
  /** A pace that the program has no use for, and why. */
  none: (name: string, why: string) => `${name} (${why})`,
  without: {
    step: "",
    statement: "",
    call: "no function of its own",
    round: "no loop that repeats",
    backward: "none",
    change: "click one first",
  },
  roundOf: (n: number, count: number) => `round ${n} of ${count}`,
  roundShort: (n: number, count: number) => `round ${n} / ${count}`,
  passMark: (name: string) => `Backward pass from ${name}`,
  play: "Play the steps",
  pause: "Pause",
  speed: "Speed",
  times: (factor: number) => `${factor}×`,
};
