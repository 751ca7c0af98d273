import { bytes } from "../units.ts";

/** Texts of the view of memory. Code is between backticks. */
export const memory = {
  memory: {
    title: "Memory",
    about: "Each strip is one storage; each line under it is a tensor or array that looks at it.",
    none: "No tensor has memory yet.",
    before: "Run the program to see its memory.",
    storage: (name: string) => `Storage ${name}`,
    size: (elements: number, dtype: string, size: number) =>
      `${elements.toLocaleString("en")} × ${dtype} = ${bytes(size)}`,
    bytesOnly: (size: number) => bytes(size),
    mixed: "seen as several dtypes",
    shared: (count: number) => `shared by ${count}`,
    line: (from: number, to: number) => `Elements ${from} to ${to}`,
    positions: "Position",
    strip: "In memory",
    element: (index: number) => `element ${index}`,
    unknown: "not known",
    notSeen: "seen by no name",
    reading: (element: string, value: string, seen: string) => `${element} = ${value}: ${seen}`,
    was: (value: string) => `was ${value}`,
    hint: "Point at an element, or reach it with Tab and the arrow keys, to see who sees it.",
    times: (count: number) => `×${count}`,
    shape: "shape",
    stride: "stride",
    offset: "offset",
    origins: {
      own: "own memory",
      view: "view",
      viewOf: (name: string) => `view of ${name}`,
      array: "NumPy array",
      shares: "same memory",
    },
    version: (n: number) => `v${n}`,
    versionLong: (n: number) => `version ${n}`,
    ticked: (before: number, after: number) => `v${before} → v${after}`,
    fresh: "new",
    written: "written",
    relaid: "laid out anew",
    show: (name: string) => `Show ${name} in the other views`,
    unnamed: "unnamed",
    more: (count: number) => (count === 1 ? "1 unnamed tensor" : `${count} unnamed tensors`),
    others: (count: number) => `Memory that only unnamed tensors look at (${count})`,
    elsewhere: (count: number) =>
      count === 1
        ? "1 tensor lies in no strip (it is sparse, or has no storage)."
        : `${count} tensors lie in no strip (sparse, or without a storage).`,
    part: "Part that is shown",
    partAt: (from: number, to: number, count: number) =>
      `elements ${from.toLocaleString("en")} to ${to.toLocaleString("en")} of ${count.toLocaleString("en")}`,
    overview: (name: string) => `All of storage ${name}`,
    touches: (count: number, of: number) => `${count.toLocaleString("en")} of ${of.toLocaleString("en")} elements`,

    operations: (count: number) => `View or copy, operation by operation (${count})`,
    operationsCut: (count: number) => `The last ${count} until now are listed.`,
    kinds: { new: "new", view: "view", same: "same", written: "in place" },
    said: {
      new: (what: string, name: string | null) =>
        name === null || name === what
          ? `${what} has memory of its own: nothing is shared.`
          : `${what} makes ${name} in memory of its own: nothing is shared.`,
      view: (what: string, of: string) => `${what} is a view: it looks at the memory of ${of}, and nothing is copied.`,
      same: (what: string, of: string) => `${what} is ${of} itself, the same tensor.`,
      written: (what: string, of: string) => `${what} writes into the memory of ${of}, which is there already.`,
      relaid: (what: string, of: string) => `${what} lays ${of} out anew: no element is written.`,
      moved: (name: string) => `${name} looks at other memory now.`,
      ticked: (before: number, after: number) => `The version goes from ${before} to ${after}.`,
      unticked: "Version counters do not tick: torch did not see this write.",
      wrote: "Memory is written without torch, as NumPy does.",
      seen: (names: string) => `The change is seen through ${names}.`,
      array: (name: string) => `${name} is a NumPy array that looks at the same memory: nothing is copied.`,
      gradient: (name: string) => `${name} gets a gradient; its own memory stays as it is.`,
      nothing: "Memory stays as it is.",
      and: " and ",
      comma: ", ",
      all: (sentences: readonly string[]) => sentences.join(" "),
    },
  },
};
