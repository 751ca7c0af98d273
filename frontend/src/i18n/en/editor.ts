/** Texts of the code editor: hints, errors and fixes in the code, completion, keys. */
export const editor = {
  inPlace: "in place",
  error: "Error",
  fix: "A fix",
  fixLines: "What the fix changes",
  applyFix: "Apply",
  applyFixAbout: "Change the code so. Ctrl+Z takes it back.",
  fixApplied: "The fix is in the code. Undo takes it back.",
  fixOutdated: "The code has changed since the run: run again for a fix that fits.",
  live: "Live",
};
