/** How a recording is shown, as the page that has it says. */

import { langOf, themeOf } from "../framed/choices.ts";
import { type Lang, wanted } from "../i18n/index.ts";
import type { ThemeChoice } from "../theme.ts";
import { type Control, isViewerView, type ViewerView } from "../viewer/views.ts";

/** What of the view a recording has; the rest needs a service. */
const CONTROLS: readonly Control[] = ["views", "steps"];

export interface Options {
  /** The name of the variable whose graph is shown; null is the last one. */
  readonly of: string | null;
  readonly view: ViewerView;
  /** The step by its index; null is the end. */
  readonly step: number | null;
  /** So many cells come before those that are looked at. */
  readonly setup: number;
  /** What readers can use. */
  readonly controls: ReadonlySet<Control>;
  readonly theme: ThemeChoice;
  readonly lang: Lang;
  /** A service that can run the program, `https://host/`; null if none is known. */
  readonly server: string | null;
}

/** The options in a value; what is missing or makes no sense is as usual. */
export function optionsOf(value: unknown): Options {
  const given = typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  const { of, view, step, setup, controls, theme, lang, server } = given;
  return {
    of: typeof of === "string" ? of : null,
    view: typeof view === "string" && isViewerView(view) ? view : "graph",
    step: whole(step),
    setup: whole(setup) ?? 0,
    controls: new Set(CONTROLS.filter((control) => !Array.isArray(controls) || controls.includes(control))),
    theme: (typeof theme === "string" ? themeOf(theme) : null) ?? "system",
    lang: (typeof lang === "string" ? langOf(lang) : null) ?? wanted("", navigator.languages),
    server: typeof server === "string" && /^https?:\/\//.test(server) ? server : null,
  };
}

function whole(value: unknown): number | null {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : null;
}
