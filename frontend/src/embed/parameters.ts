/** What the address of an embedded page asks for. What it asks for wrongly is left out, and said on the page. */

import { LANGUAGES, THEMES, themeOf } from "../framed/choices.ts";
import { type Lang, wanted } from "../i18n/index.ts";
import { holdsState } from "../share/fragment.ts";
import type { ThemeChoice } from "../theme.ts";
import { type Control, CONTROLS, VIEWER_VIEWS, type ViewerView } from "../viewer/views.ts";

const MODES = ["read", "edit"] as const;
const LOADING = ["lazy", "click", "eager"] as const;

/** Where the program is. */
export type Place =
  | { readonly kind: "cells"; readonly cells: readonly string[] }
  | { readonly kind: "snippet"; readonly id: string }
  | { readonly kind: "fragment"; readonly fragment: string }
  | { readonly kind: "nowhere" };

export interface Parameters {
  readonly place: Place;
  readonly view: ViewerView | null;
  /** The name of the variable whose graph is shown. */
  readonly of: string | null;
  readonly step: number | null;
  readonly mode: (typeof MODES)[number];
  readonly theme: ThemeChoice;
  readonly lang: Lang;
  readonly controls: ReadonlySet<Control>;
  readonly autoplay: boolean;
  readonly loading: (typeof LOADING)[number];
}

/** What of the address cannot be used as it is. */
export type Mistake =
  /** It is none of what it can be. */
  | {
      readonly kind: "choice";
      readonly name: string;
      readonly given: string;
      readonly choices: readonly string[];
      readonly instead: string;
    }
  | { readonly kind: "step"; readonly given: string }
  | { readonly kind: "cells" }
  /** The program is named in more than one way; the first is used. */
  | { readonly kind: "several"; readonly names: readonly string[] }
  /** The program has no such step, or nothing of this name. */
  | { readonly kind: "beyond"; readonly given: number; readonly count: number }
  | { readonly kind: "notThere"; readonly name: string; readonly names: readonly string[] }
  /** There is no such parameter, but one that reads almost the same. */
  | { readonly kind: "unknown"; readonly name: string; readonly meant: string };

const NAMES = [
  "code",
  "cells",
  "snippet",
  "view",
  "of",
  "step",
  "mode",
  "theme",
  "lang",
  "controls",
  "autoplay",
  "loading",
];

/** The parameters in a query and a fragment. `languages` are those of the browser. */
export function parametersOf(
  search: string,
  hash: string,
  languages: readonly string[],
): { readonly parameters: Parameters; readonly mistakes: readonly Mistake[] } {
  const query = new URLSearchParams(search);
  const mistakes: Mistake[] = [];
  /** One of these choices; `otherwise` if none is given, or another. */
  const choice = <Choice extends string>(name: string, choices: readonly Choice[], otherwise: Choice): Choice => {
    const given = query.get(name);
    const found = choices.find((candidate) => candidate === given);
    if (given !== null && found === undefined)
      mistakes.push({ kind: "choice", name, given, choices, instead: otherwise });
    return found ?? otherwise;
  };
  const lang = choice("lang", LANGUAGES, wanted("", languages));
  const parameters: Parameters = {
    place: placeOf(query, hash, mistakes),
    view: query.has("view") ? choice("view", VIEWER_VIEWS, "graph") : null,
    of: query.get("of"),
    step: stepOf(query, mistakes),
    mode: choice("mode", MODES, "read"),
    theme: themeOf(choice("theme", THEMES, "auto")) ?? "system",
    lang,
    controls: controlsOf(query, mistakes),
    autoplay: choice("autoplay", ["0", "1"], "1") === "1",
    loading: choice("loading", LOADING, "lazy"),
  };
  for (const name of query.keys()) {
    const meant = NAMES.includes(name) ? undefined : NAMES.find((known) => alike(name, known));
    if (meant !== undefined) mistakes.push({ kind: "unknown", name, meant });
  }
  return { parameters, mistakes };
}

function placeOf(query: URLSearchParams, hash: string, mistakes: Mistake[]): Place {
  // WordPress adds a fragment of its own (`#?secret=…`) to every address that it frames.
  const fragment = hash.replace(/#\?secret=.*$/, "");
  const given = [
    ...["code", "cells", "snippet"].filter((name) => query.has(name)),
    ...(holdsState(fragment) ? ["#code/"] : []),
  ];
  if (given.length > 1) mistakes.push({ kind: "several", names: given });
  const [first] = given;
  if (first === undefined) return { kind: "nowhere" };
  if (first === "#code/") return { kind: "fragment", fragment };
  const value = query.get(first) ?? "";
  if (first === "snippet") return { kind: "snippet", id: value };
  const cells = first === "code" ? [value] : listOf(value);
  if (cells !== null) return { kind: "cells", cells };
  mistakes.push({ kind: "cells" });
  return { kind: "nowhere" };
}

/** A list of strings in JSON; null if it is none. */
function listOf(text: string): readonly string[] | null {
  try {
    const value: unknown = JSON.parse(text);
    const strings = Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : [];
    return Array.isArray(value) && strings.length > 0 && strings.length === value.length ? strings : null;
  } catch {
    return null;
  }
}

function stepOf(query: URLSearchParams, mistakes: Mistake[]): number | null {
  const given = query.get("step");
  if (given === null) return null;
  if (/^\d{1,9}$/.test(given)) return Number(given);
  mistakes.push({ kind: "step", given });
  return null;
}

function controlsOf(query: URLSearchParams, mistakes: Mistake[]): ReadonlySet<Control> {
  const given = query.get("controls");
  if (given === null) return new Set(CONTROLS);
  if (given === "none") return new Set();
  const found = new Set<Control>();
  for (const name of given.split(",").map((part) => part.trim())) {
    const known = CONTROLS.find((control) => control === name);
    if (known !== undefined) found.add(known);
    else mistakes.push({ kind: "choice", name: "controls", given: name, choices: [...CONTROLS, "none"], instead: "" });
  }
  return found;
}

/** Whether two names differ in one letter, in two that changed places, or only in capitals. */
function alike(name: string, known: string): boolean {
  const [one, other] = [name.toLowerCase(), known];
  if (one === other) return true;
  let from = 0;
  while (from < one.length && one[from] === other[from]) from++;
  let [end, last] = [one.length, other.length];
  while (end > from && last > from && one[end - 1] === other[last - 1]) [end, last] = [end - 1, last - 1];
  const [left, right] = [one.slice(from, end), other.slice(from, last)];
  const swapped = (left[1] ?? "") + (left[0] ?? "");
  return Math.max(left.length, right.length) <= 1 || (left.length === 2 && right === swapped);
}
