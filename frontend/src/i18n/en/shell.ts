/** Texts that parts of every page have: what could not be loaded, and buttons. */
export const shell = {
  language: "English",
  unloaded: "A part of this page could not be loaded. Check the network; if that does not help, load the page anew.",
  loadAgain: "Try again",
  undo: "Undo",
  redo: "Redo",
  /** Between a word and what it announces. */
  colon: ": ",
  close: "Close",
  dismiss: "Dismiss",
};
