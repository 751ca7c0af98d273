/** Texts of the tour that a first visit begins with. */
export const tour = {
  fromFile: "Open a file",
  fromFileAbout: "A Jupyter notebook or a Python file. You can also drop it on the page, or paste it.",
  fileUnread: (name: string) => `${name} has no Python cells that could be opened. Take an .ipynb or .py file.`,
  aboutService: "About this service",
  course: "Learn",
  courseOn: "Go on with the course",
  welcome: "New to PyTorch?",
  welcomeAbout:
    "The course teaches tensors and autograd in short lessons: you predict, run, and see why. Or try the playground on your own.",
  welcomeCourse: "Start the course",
  welcomeTour: "Look around the playground",
  tourStart: "Take the tour",
  tourSkip: "Skip",
  tourNext: "Next",
  tourDone: "Start",
  tourProgress: (n: number, count: number) => `${n} of ${count}`,
  tourStops: {
    program: {
      title: "Ordinary PyTorch, in cells",
      text: "Change anything and press Ctrl+Enter. All cells run from the top, in one fresh process: nothing is left over from before.",
    },
    graph: {
      title: "The graph that autograd made",
      text: "Values go down, gradients come back up. Click a node to find it in the code and among the values.",
    },
    timeline: {
      title: "Step through it",
      text: "Every operation and every function of backward() is a step. Drag, or use the arrow keys, and everything shows that moment.",
    },
    values: {
      title: "Every tensor, as it is",
      text: "Values beside gradients, views beside what they look at. Click a number to see where it came from.",
    },
  },
};
