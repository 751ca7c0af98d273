import { joined, type Texts } from "../texts.ts";
import { broadcast } from "./broadcast.ts";
import { cells } from "./cells.ts";
import { derivation } from "./derivation.ts";
import { editor } from "./editor.ts";
import { embed } from "./embed.ts";
import { faults } from "./faults.ts";
import { gates } from "./gates.ts";
import { graphs } from "./graphs.ts";
import { header } from "./header.ts";
import { memory } from "./memory.ts";
import { runs } from "./runs.ts";
import { shell } from "./shell.ts";
import { steps } from "./steps.ts";
import { values } from "./values.ts";
import { viewer } from "./viewer.ts";
import { writing } from "./writing.ts";

/** Every text of the page, in English, a module for each part of it. The other languages have the shape of this one. */
export const en = joined(
  shell,
  cells,
  editor,
  runs,
  embed,
  faults,
  gates,
  graphs,
  header,
  steps,
  values,
  broadcast,
  memory,
  derivation,
  viewer,
  writing,
);

/** The texts of one language: every key of the English ones, so that a missing one does not compile. */
export type Strings = Texts<typeof en>;
