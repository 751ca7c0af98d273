/** Texts of the views, and of the timeline that they follow. Code is between backticks. */
const list = (items: readonly string[]): string =>
  items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} and ${items.at(-1) ?? ""}`;

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

const numeral = (count: number): string => ["no", "one", "two", "three", "four", "five"][count] ?? String(count);

export const steps = {
  viewsLabel: "Views of the run",
  views: { graph: "Graph", memory: "Memory", derivation: "Derivation", values: "Values" },
  timeline: "Timeline",
  step: (n: number, count: number) => `Step ${n} of ${count}`,
  atEnd: "The end of the program",
  firstStep: "First step",
  stepBack: "One step back",
  stepForward: "One step forward",
  lastStep: "The end",
  stepDetails: "Details of this step",
  showDetails: "Show the details of this step",
  hideDetails: "Hide the details of this step",
  newMemory: "new memory",
  sameTensor: "the same tensor",
  viewMemory: (of: string | null) => (of === null ? "a view" : `a view of ${of}`),
  inModule: "module",
  inFunction: "in",
  beforeStep: "before",
  torchSays: "From PyTorch's documentation:",
  stepKinds: {
    statement: "statement",
    call: "call",
    operation: "operation",
    backward: "backward pass",
    function: "backward function",
    error: "error",
  },
  wayBackThrough: "The way back through",
  gradientIn: "gradient in",
  gradientOut: "gradient out",
  localDerivative: "local derivative",
  /** What torch did inside an operation. */
  opening: {
    open: "Open: what torch did inside",
    close: "Close",
    asking: "Looking inside…",
    failed: "It could not be opened.",
    inside: "What torch did inside",
    rounded: "Made again, its numbers differ by rounding from those of the run.",
    incomplete: "Some steps are left out.",
  },
  /** How the gradient along an edge comes about. */
  flow: {
    term: (arrived: string, local: string) => `gradient in ${arrived} × local derivative ${local}`,
    product: (terms: readonly string[], sent: string, to: string) =>
      `${to === "" ? "On" : `To ${to}`}: ${terms.join(" + ")} = ${sent}`,
    kinds: {
      elementwise: "Element by element.",
      stretched: "Element by element, and then summed over what was stretched.",
      row: "The result is one number, so its gradient times the local derivative by each element.",
      matrix:
        "Each element of the result can depend on every element of the input: a row of the matrix for each of the former, " +
        "a column for each of the latter. The gradient in stands before it as a row.",
    },
    ask: "Work out the local derivatives",
    asking: "Working out the local derivatives…",
    failed: "The local derivatives could not be asked for.",
  },
  noFurther: "It needs to go no further.",
  freesSaved:
    "It freed the values that the operation had saved for it. Another backward() through here would fail; " +
    "retain_graph=True keeps them.",
  wasEmpty: "was empty",
  added: "added",
  nowIs: "now",
  beforeHook: "before the hook",
  afterHook: "after the hook",
  hookLeft: "It left the gradient as it was.",
  hookKinds: {
    tensor: "A hook on the tensor ran:",
    prehook: "A hook before the function ran:",
    posthook: "A hook after the function ran:",
    accumulated: "A hook after accumulation ran:",
  },
  said: {
    joined: (sentences: readonly string[]) => sentences.join(" "),
    end: "The end: everything is as the program left it.",
    list,
    unnamed: "an unnamed tensor",
    leaf: "leaf",
    ran: (what: string) => `${what} ran.`,
    ranUnknown: "The engine ran a function of which nothing is recorded.",
    tensor: (shape: string) => (shape === "()" ? "a scalar tensor" : `a tensor ${shape}`),
    array: (shape: string) => `a NumPy array ${shape}`,
    tensors: (count: number) => `${count} tensors`,
    tensorCalled: (tensor: string, names: string) => `${tensor} called ${names}`,
    /** What else a tensor is called. */
    also: (tensor: string, names: string) => `${tensor}, also called ${names}`,
    /** A call of the program, in which torch ran this module. */
    inModule: (path: string, call: string) => `${path} in ${call}`,
    outputOf: (path: string) => `the output of ${path}`,
    /** Another tensor that the same call made before. */
    earlier: (call: string) => `an earlier tensor of ${call}`,
    made: (what: string, tensor: string) => `${what} made ${tensor} in new memory.`,
    view: (what: string, tensor: string, of: string | null) =>
      of === null
        ? `${what} made ${tensor} that is a view: nothing was copied.`
        : `${what} made ${tensor} that is a view of the memory of ${of}: nothing was copied.`,
    same: (what: string, tensor: string) => `${what} gave back ${tensor} itself: nothing new was made.`,
    several: {
      new: (what: string, tensors: string) => `${what} made ${tensors} in new memory.`,
      view: (what: string, tensors: string) => `${what} made ${tensors}: views, nothing was copied.`,
      same: (what: string, tensors: string) => `${what} gave ${tensors}.`,
    },
    read: (what: string) => `${what} ran: it made no tensor and wrote none.`,
    written: (what: string, count: number | null, target: string | null) => {
      const elements =
        count === null ? "elements" : count === 1 ? "1 element" : `${count.toLocaleString("en")} elements`;
      return target === null
        ? `${what} wrote ${elements} in place.`
        : `${what} wrote ${elements} of the memory of ${target} in place.`;
    },
    /** The layout of a tensor now and before. */
    relaid: {
      shape: (name: string, from: string, to: string) => `${name} is now ${to}; it was ${from}.`,
      strides: (name: string, from: string, to: string) =>
        `${name} now goes through its memory with strides ${to}; they were ${from}.`,
      memory: (name: string, from: string, to: string) =>
        from === to
          ? `${name} now looks at other memory.`
          : `${name} now looks at other memory: it is ${to}, and was ${from}.`,
    },
    seen: (names: string, count: number) => `${names} ${count === 2 ? "both" : "all"} see it: they share this memory.`,
    ticked: (before: number, after: number) => `Its version went from ${before} to ${after}.`,
    cleared: (owner: string) => `${owner} was cleared: it is None.`,
    gradientNow: (owner: string, value: string) => `${owner} is now ${value}.`,
    wrote: "This line wrote to memory in place, past autograd.",
    seenBy: (names: string, count: number) => (count === 1 ? `${names} sees it.` : `${names} see it.`),
    printed: (text: string, lines: number) =>
      text === ""
        ? "This step printed an empty line."
        : lines === 1
          ? `This step printed ${text}.`
          : `This step printed ${lines} lines: ${text} and so on.`,
    wroteError: (text: string, lines: number) =>
      text === ""
        ? "This step wrote an empty line to standard error."
        : lines === 1
          ? `This step wrote ${text} to standard error.`
          : `This step wrote ${lines} lines to standard error: ${text} and so on.`,
    displayed: "This step shows something.",
    shows: (expression: string, text: string, name: string | null) => {
      const shows = `${capital(name ?? "the cell")} shows`;
      return expression === "" || expression === text ? `${shows} ${text}.` : `${shows} ${expression}: ${text}.`;
    },
    /** A line, of one of several cells. */
    place: (line: number, cell: string | number | null) =>
      cell === null ? ` in line ${line}` : ` in line ${line} of ${typeof cell === "number" ? `cell ${cell}` : cell}`,
    raised: (type: string, place: string, message: string) =>
      message === "" ? `${type}${place}.` : `${type}${place}: ${message}.`,
    goesNoFurther: "The program stopped here.",
    refused: (name: string | null) => `Nothing of ${name ?? "this cell"} ran.`,
    stopped: {
      timeout: (place: string) => `The time limit was reached${place}, and the program was stopped.`,
      out_of_memory: (place: string) => `The memory limit was reached${place}, and the program was stopped.`,
      output_limit: (place: string) => `The limit of output was reached${place}, and the program was stopped.`,
      crashed: (place: string) => `The process of the program crashed${place}.`,
    },
    nothing: "This line ran: it made no tensor and bound no name.",
    comesTo: (name: string, statement: string) => `${name} comes to ${statement}.`,
    requiresNow: (name: string) => `${name} requires gradients from now on.`,
    requiresNoMore: (name: string) => `${name} requires no gradients any more.`,
    called: (name: string) => `The call of ${name} begins.`,
    argument: (name: string, tensor: string) => `Its ${name} is ${tensor}.`,
    named: (name: string) => `It is called ${name}.`,
    names: (name: string, tensor: string) => `${name} names ${tensor}.`,
    kind: (name: string, type: string) => `${name} names a ${type}.`,
    definedClass: (name: string) => `${name} names a class.`,
    set: (name: string, value: string) => `${name} is ${value}.`,
    deleted: (name: string) => `The name ${name} is gone.`,
    gradient: (value: string) => `a gradient of ${value}`,
    /** Values that are all this one. */
    all: (value: string) => `${value} in every element`,
    gradientOfAll: (value: string) => `a gradient of ${value} in every element`,
    gradientOfShape: (shape: string) => `a gradient of shape ${shape}`,
    /** A gradient of this shape, where others have a number. */
    oneOfShape: (shape: string) => `a gradient of shape ${shape}`,
    passBegins: (what: string, from: string, gradient: string) =>
      `${what} begins the way back at ${from}, with ${gradient}.`,
    passDone: (what: string, count: number, filled: string, leaves: number) => {
      const ran = count === 1 ? "1 backward function" : `${count} backward functions`;
      return leaves === 0 ? `${what} is done: ${ran} ran.` : `${what} is done: ${ran} ran, and filled ${filled}.`;
    },
    returned: (gradients: string) => `It returned ${gradients}.`,
    ranFunction: (name: string, of: string | null) =>
      of === null ? `The engine ran ${name}.` : `The engine ran ${name}, the way back through ${of}.`,
    flowed: (arrived: string, sent: readonly string[]) =>
      sent.length === 0
        ? `${capital(arrived)} came in and went no further.`
        : `${capital(arrived)} came in, ${list(sent)}.`,
    sum: (total: string, terms: readonly string[]) => `${total} = ${terms.join(" + ")}`,
    /** A gradient is the sum of what came along several ways; `sum` in numbers if they are short. */
    ways: (count: number, from: string, sum: string | null) => {
      const ways = from === "" ? `${numeral(count)} ways` : `${numeral(count)} ways from ${from}`;
      return sum === null ? `It is the sum of what came along ${ways}.` : `${sum}: it came along ${ways}.`;
    },
    summedBack: (name: string, dims: readonly string[]) =>
      `On the way back the gradient of ${name} is summed over ${dims.length === 1 ? "dim" : "dims"} ${list(dims)}.`,
    detached: (from: string) => `It shares the memory of ${from}, but no gradient flows back through it.`,
    hidden: (from: string) =>
      `It shares the memory of ${from} outside the graph: no gradient flows back, and autograd does not notice writes to it.`,
    unrecorded: "Recording was off, so no gradient will flow back through it.",
    sent: (values: string, to: string | null) => (to === null ? `${values} went on` : `${values} went on to ${to}`),
    received: (owner: string) => `${owner} received a gradient.`,
    /** `after` is null where it is too much for a sentence. */
    accumulated: (owner: string, before: string | null, added: string, after: string | null) => {
      if (before === null) return `${owner} was empty and received ${added}.`;
      return after === null
        ? `${owner} had a gradient and received ${added}, which was added to it.`
        : `${owner} was ${before}, received ${added}, and is now ${after}.`;
    },
    hookChanged: (name: string, before: string, after: string) =>
      `The hook ${name} changed the gradient from ${before} to ${after}.`,
    hookLeft: (name: string) => `The hook ${name} ran and left the gradient as it was.`,
    hookRan: (name: string) => `The hook ${name} ran.`,
  },
};
