/** Texts of computation graphs. */
export const graphs = {
  graphs: "Computation graph",
  graphOf: (name: string) => `Computation graph of ${name}`,
  seeMemory: "See the memory of its tensors",
  noGraph: "No autograd graph yet. One appears for every result of a tensor that requires gradients.",
  graphLeftOut: (kept: number) =>
    `The graph of this step was left out: a run keeps the newest (here ${kept}). The first of those is shown, with nothing in it yet.`,
  notDrawn: "This graph could not be drawn in time. Its DOT source is there to download.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  zoomFit: "Show the whole graph",
  fullScreen: "Full screen, and back",
  downloadSvg: "Download as SVG",
  downloadDot: "Download as DOT",
  notSaved:
    "The file could not be had: the service no longer has this run, or does not answer. Run the program again, then save it.",
  pictureKeys: "Drag to move, Ctrl and the wheel to zoom. With the keyboard: arrows, +, −, and 0 for the whole.",
  graphKeys:
    "Drag to move, Ctrl and the wheel to zoom. With the keyboard: arrows, +, −, and 0 for the whole; Enter goes to the nodes. " +
    "There the arrows follow the edges, Enter shows source and values, Escape goes back.",
  nodeTable: (count: number) => `Nodes as a table (${count})`,
  nodesOf: (name: string) => `Nodes of the graph of ${name}`,
  columns: {
    name: "Name",
    kind: "Kind",
    operation: "Operation",
    backward: "Backward function",
    shape: "Shape",
    value: "Value",
    gradient: "Gradient",
    source: "Source",
  },
  sourceLine: (name: string, line: number) => `${name}, line ${line}`,
  nodesWithin: (count: number) => (count === 1 ? "1 node" : `${count.toLocaleString("en")} nodes`),
  waysLabel: "Bring out",
  graphWays: { forward: "Forward", both: "Both", backward: "Backward" },
  wayHints: {
    forward: "Bring out values and operations",
    both: "Show both ways alike",
    backward: "Bring out gradients and backward functions",
  },
  unfold: (name: string) => (name === "" ? "Unfold" : `Unfold ${name}`),
  foldUp: (name: string) => `Fold ${name}`,
  outline: {
    drawing:
      "Drawing this graph. It is like a later one, so it is drawn when you look at it: the program runs once more.",
    failed: "This graph could not be drawn now.",
  },
  drawAgain: "Draw it again",
  notRedrawn: "The graph could not be drawn anew now. It stays as it was.",
  nodeKinds: {
    leaf: "leaf",
    parameter: "parameter",
    constant: "constant",
    operation: "operation",
    result: "result",
    folded: "folded",
    elided: "not drawn",
  },
  /** What a node holds at a step, and that the step is before it. */
  nodeValue: (rows: string) => `value ${rows}`,
  nodeGradient: (rows: string) => `.grad ${rows}`,
  nodePassing: (rows: string) => `gradient passed through ${rows}`,
  notReached: "not reached yet",
  backwardOrder: (n: number) => `backward step ${n}`,
};
