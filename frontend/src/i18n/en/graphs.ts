/** Texts of computation graphs. */
export const graphs = {
  graphs: "Computation graph",
  graphOf: (name: string) => `Computation graph of ${name}`,
  noGraph: "No autograd graph yet. One appears for every result of a tensor that requires gradients.",
  notDrawn: "This graph could not be drawn in time. Its DOT source is there to download.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  zoomFit: "Show the whole graph",
  downloadSvg: "Download as SVG",
  downloadDot: "Download as DOT",
  graphKeys: "Drag to move, Ctrl and the wheel to zoom. With the keyboard: arrows, +, −, and 0 for the whole.",
  nodeList: (count: number) => `Nodes as a list (${count})`,
  nodeKinds: {
    leaf: "leaf",
    parameter: "parameter",
    constant: "constant",
    operation: "operation",
    result: "result",
    folded: "folded",
    elided: "not drawn",
  },
  backwardOrder: (n: number) => `backward step ${n}`,
};
