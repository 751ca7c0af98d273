import { bytes } from "../units.ts";

/** Texts of variables, tensors and their values. */
export const values = {
  variables: "Variables",
  noVariables: "Run the program to see its variables.",
  otherVariables: "Other values",
  earlierVariables: (count: number) => `Variables of the programs before (${count})`,
  intermediates: (count: number) => `Unnamed tensors (${count})`,
  unnamed: "unnamed",
  values: "Values",
  gradient: ".grad",
  noGradient: "No gradient: a leaf gets one when backward() reaches it.",
  leaf: "leaf",
  parameter: "parameter",
  requiresGrad: "requires_grad",
  sharesMemory: "shares memory with",
  viewOf: "view of",
  stride: "stride",
  offset: "offset",
  version: "version",
  bytes,
  storageBytes: (count: number) => `storage ${bytes(count)}`,
  showTensor: (name: string) => `Show ${name} in the graph and the code`,
  dimension: (n: number) => `dim ${n}`,
  index: (dimension: number) => `Index of dimension ${dimension}`,
  slice: "Which slice is shown",
  gradientLabel: (shape: string) => `Gradient of shape ${shape}`,
  passing: "passed through, not kept",
  numpy: "NumPy array",
  strides: "strides in bytes",
  changedHere: "changed by this step",
  lens: (element: string) => `Where ${element} came from`,
  lensAsking: (element: string) => `Following ${element} back…`,
  lensNone: (element: string) => `${element} was not made by an operation of the program.`,
  lensFailed: "The service could not be asked. Try again in a moment.",
  lensRest: (count: number) => `and ${count} more`,
  closeLens: "Close",
  heatMap: (shape: string) => `Heat map of shape ${shape}`,
  heatMapKeys:
    "Arrow keys move, + and − zoom, 0 shows the whole, Enter follows an element back. Ctrl and the wheel zoom.",
  heatMapWhole: "Show the whole matrix",
  heatMapLoading: "Loading…",
  heatMapFailed: "The elements could not be loaded.",
  block: (mean: string, least: string, most: string) => `mean ${mean}, from ${least} to ${most}`,
  showAll: "Show all",
  showLess: "Show less",
  missing: {
    gone: "The service no longer has the values of this run.",
    unreached: "These values could not be fetched.",
  },
  askAgain: "Try again",
  emptyTensor: "no elements",
  matrixLabel: (shape: string) => `Values of shape ${shape}`,
  histogram: "Histogram",
  histogramLabel: (from: string, to: string) => `Histogram of the values from ${from} to ${to}`,
  corners: "Corners",
  statistics: {
    count: "count",
    min: "min",
    max: "max",
    mean: "mean",
    std: "std",
    zeros: "zeros",
    nan: "nan",
    infinite: "inf",
  },
  truncated: (what: string, limit: number) => {
    if (what === "recording") return "The trace is full. The rest of the program ran without being recorded.";
    if (what === "trace") return "The trace is missing: the run was stopped before it could be reported.";
    if (what === "later cells")
      return `The process was ended before it could report. The trace ends after cell ${limit.toLocaleString("en")}.`;
    if (what === "rounds")
      return `Of each loop the first ${limit.toLocaleString("en")} rounds are recorded, and the 10th, 100th, …. Its numbers are there for all rounds.`;
    return limit === 0
      ? `Not shown, because it could not be recorded: ${what}.`
      : `Only a part is shown: ${what} (limit ${limit.toLocaleString("en")}).`;
  },
};
