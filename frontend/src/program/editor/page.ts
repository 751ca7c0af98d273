/** What an editor knows of the page that it is in. */

import { Facet } from "@codemirror/state";

import type { Strings } from "../../i18n/index.ts";
import type { Timeline } from "../../timeline/timeline.ts";

/** The words of the editor, which change with the language of the page. */
export interface EditorStrings {
  readonly label: string;
  readonly strings: Strings;
}

export const words = Facet.define<EditorStrings, EditorStrings | null>({ combine: (all) => all[0] ?? null });

/** The whole program around a cell: its code now, and what the last answer knows of it. */
export interface Program {
  readonly sources: readonly string[];
  readonly timeline: Timeline | null;
}

/** What the editor asks of the page around it. */
export interface Surroundings {
  readonly program: () => Program;
  /** A person points at code that has this tensor's value; null: no longer. */
  readonly onPoint: (tensor: string | null) => void;
}

export const surroundings = Facet.define<Surroundings, Surroundings>({
  combine: (all) => all[0] ?? { program: () => ({ sources: [], timeline: null }), onPoint: () => undefined },
});

/** Whether the program runs as it is typed. */
export const live = Facet.define<boolean, boolean>({ combine: (all) => all[0] ?? false });
