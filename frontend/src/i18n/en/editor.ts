/** Texts of the code editor: hints, errors and fixes in the code, completion, keys. */
export const editor = {
  inPlace: "in place",
  ranTimes: (count: number) => `This line ran ${count} times; the hint is of the last time.`,
  noGradientYet: "None: no backward pass has reached it yet.",
  gradientNotKept: "None: its gradient passed through and was not kept. `retain_grad()` before the pass keeps it.",
  completions: "Completions",

  error: "Error",
  noticeAbout: "Worth knowing. Click to read more.",
  fix: "A fix",
  fixLines: "What the fix changes",
  applyFix: "Apply",
  applyFixAbout: "Change the code so. Ctrl+Z takes it back.",
  fixApplied: "The fix is in the code. Undo takes it back.",
  fixOutdated: "The code has changed since the run: run again for a fix that fits.",

  live: "Live",
  liveAbout: (ms: number) => `Run as you type, ${ms} ms after the last key`,

  keys: "Keys",
  keysAbout: "Keys in the editor",
  keyRun: "Run the whole program",
  keyRunOn: "Run up to here, and go on to what is next",
  keyComplete: "Complete a name",
  keyUndo: "Undo, also an applied fix",
  keyComment: "Make lines comments, or code again",
  keySelect: "Select the expression around; its value is shown",
  keyIndent: "Indent, once you have typed",
  keyLeave: "Leave the editor",
  tabMoves: "Tab never indents: it always moves on",
  then: "then",
};
