/** Texts of the views, and of the timeline that they follow. */
export const steps = {
  viewsLabel: "Views of the run",
  views: { graph: "Graph", values: "Values" },
  timeline: "Timeline",
  step: (n: number, count: number) => `Step ${n} of ${count}`,
  atEnd: "The end of the program",
  firstStep: "First step",
  stepBack: "One step back",
  stepForward: "One step forward",
  lastStep: "The end",
};
