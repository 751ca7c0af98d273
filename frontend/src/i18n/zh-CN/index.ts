import type { Strings } from "../en/index.ts";
import { joined } from "../texts.ts";
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

/** 页面的全部文字，简体中文。 */
export const zhCN: Strings = joined(
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
