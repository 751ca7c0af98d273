/** Texts of the questions that a program asks before it shows what it did. Code is between backticks. */
export const gates = {
  gates: {
    title: "Predict first",
    progress: (n: number, count: number) => (count === 1 ? "Question" : `Question ${n} of ${count}`),
    /** What is asked, by the kind of gate; `where` is the line above it. */
    shape: (name: string) => `What is the shape of \`${name}\`?`,
    dtype: (name: string) => `What is the dtype of \`${name}\`?`,
    value: (name: string) => `What is the value of \`${name}\`?`,
    grad: (name: string) => `What is \`${name}.grad\`?`,
    shares: (one: string, other: string) => `Do \`${one}\` and \`${other}\` share memory?`,
    raises: "Does the next statement run, or does it raise an error?",
    after: (line: number) => `after line ${line}`,
    /** Of a question about what comes next. */
    at: (line: number) => `line ${line}`,
    shapeHint: "For example (2, 3)",
    valueHint: "A number, or a list of numbers",
    gradHint: "A number, a list, or None",
    yours: "Your answer",
    yes: "Yes, they do",
    no: "No, they do not",
    noError: "It runs without an error",
    predict: "Check against the run",
    pass: "Show the results without predicting",
    right: "Right.",
    missed: "Not quite.",
    youSaid: "You said",
    runSays: "The run says",
    trueIs: "What holds",
    showMe: "Show me the step",
    again: "Try again",
    answer: "Answer it",
    goOn: "Next question",
    finish: "See all results",
    summary: (right: number, count: number) => `${right} of ${count} predicted`,
    skipped: (count: number) =>
      count === 1 ? "The question and its answer" : `The ${count} questions and their answers`,
    unanswered: "Answer first.",
    veiled: "The results are covered until you have made your prediction.",
    /** In the place of folded comments, and of their lines, which count. */
    folded: (first: number, last: number) =>
      first === last ? `question, line ${first}` : `question, lines ${first}–${last}`,
  },
};
