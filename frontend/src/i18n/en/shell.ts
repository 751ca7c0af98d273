/** Texts of the page around everything: header, skip link, what the service is, and buttons that several parts have. */
export const shell = {
  language: "English",
  tagline: "PyTorch tensors and autograd, made visible",
  skip: "Skip to the results",

  device: "Device",
  deviceName: (device: string) => (device.startsWith("cuda") ? "CUDA" : device.toUpperCase()),
  isolation: "Isolation",
  isolationProfile: (profile: string) => `${profile} isolation`,
  isolationAbout: "Every run has a process of its own, behind these layers. Each was tried when the service started.",
  layerHeld: "holds",
  layerMissing: "does not hold",
  serviceUnknown: "The service has not said what it is.",
  versions: "Versions",
  limits: "Limits of a run",
  apiDocs: "REST API",
  theme: "Theme",
  themeSystem: "System",
  themeLight: "Light",
  themeDark: "Dark",
  changeLanguage: "Language",

  unloaded: "A part of this page could not be loaded. Check the network; if that does not help, load the page anew.",
  loadAgain: "Try again",

  undo: "Undo",
  redo: "Redo",
  /** Between a word and what it announces. */
  colon: ": ",
  close: "Close",
  dismiss: "Dismiss",
};
