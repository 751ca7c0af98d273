/** What the attributes of a pad say. What one says wrongly is told in the console, and left out. */

import type { Lang } from "../i18n/lang.ts";
import { type EmbeddedProgram, isLong, pictureAddress } from "../share/embed.ts";
import type { Order } from "./messages.ts";
import { programOf, type RecordedProgram, type Trouble } from "./program.ts";
import { serverAt } from "./server.ts";
import type { Strings } from "./strings.ts";

/** What a live view is told while it is there. */
const TOLD = ["view", "step", "theme", "lang"] as const;
/** What a live view is started with; a change starts another. */
const FIXED = ["of", "mode", "controls", "autoplay"] as const;
const LOADING = ["lazy", "click", "eager"] as const;
type Loading = (typeof LOADING)[number];

export const ATTRIBUTES: readonly string[] = [
  ...["code", "cells", "snippet", "src", "server", "loading", "title", "height", "min-height"],
  ...TOLD,
  ...FIXED,
];

/** The program of a pad, and where it is run; or a recording, and where its player is. */
export interface Setting {
  readonly server: string;
  readonly program: EmbeddedProgram | RecordedProgram;
}

/** The setting; if there is none, a sentence that says why. `home` is the service that the script came from. */
export function settingOf(pad: Element, home: string | null, strings: Strings): Setting | string {
  const program = programOf(pad);
  if ("kind" in program) return said(program, strings);
  const given = pad.getAttribute("server");
  if (given === null) return home === null ? strings.server : { server: home, program };
  const server = serverAt(given, document.baseURI);
  return server === null ? strings.address(given) : { server, program };
}

/** What another live view is needed for where it changes. */
export function startOf(pad: Element, setting: Setting): string {
  return JSON.stringify([setting, FIXED.map((name) => pad.getAttribute(name))]);
}

/** The parameters of the live view. */
export function parametersOf(pad: Element, lang: Lang): Readonly<Record<string, string | null>> {
  const given = Object.fromEntries([...TOLD, ...FIXED].map((name) => [name, pad.getAttribute(name)]));
  return { ...given, lang, loading: "eager" };
}

/** How a recording is shown at first. A reader can edit and run its program where the author named a server. */
export function optionsOf(pad: Element, { server }: Setting, lang: Lang): Readonly<Record<string, unknown>> {
  const given = Object.fromEntries(["view", "theme"].map((name) => [name, pad.getAttribute(name)]));
  return { ...given, step: stepOf(pad), lang, server: pad.hasAttribute("server") ? server : null };
}

/** What to tell a live view after these attributes have changed. */
export function ordersOf(pad: Element, changed: ReadonlySet<string>, lang: Lang): Order[] {
  return TOLD.filter((name) => changed.has(name)).map((name) => {
    const value = pad.getAttribute(name);
    switch (name) {
      case "view":
        return { type: name, view: value ?? "graph" };
      case "step":
        return { type: "goto", step: stepOf(pad) };
      case "theme":
        return { type: name, theme: value ?? "auto" };
      case "lang":
        return { type: name, lang };
    }
  });
}

/** The index of the step that is asked for; null for the end. */
export function stepOf(pad: Element): number | null {
  const given = pad.getAttribute("step") ?? "";
  return /^\d{1,9}$/.test(given) ? Number(given) : null;
}

export interface Picture {
  readonly address: string;
  readonly alt: string;
}

/** Views for which the picture of a graph stands; the program of another may have no graph. */
const PICTURED: readonly string[] = ["graph", "steps", "derivation"];

/** The picture of the program; null if the view is of something else, or the address would be too long. */
export function pictureOf(
  pad: Element,
  { server, program }: Setting,
  { lang, strings }: { readonly lang: Lang; readonly strings: Strings },
): Picture | null {
  if ("recording" in program || !PICTURED.includes(pad.getAttribute("view") ?? "graph")) return null;
  const of = pad.getAttribute("of");
  const theme = pad.getAttribute("theme") ?? "auto";
  const address = pictureAddress(server, { program, of, graph: null, theme, lang });
  return isLong(address) ? null : { address, alt: strings.picture(of) };
}

export function loadingOf(pad: Element): Loading {
  const given = pad.getAttribute("loading");
  const loading = LOADING.find((known) => known === given);
  if (given !== null && loading === undefined)
    warn(`loading="${given}" is none of ${LOADING.join(", ")}; it is taken as lazy.`, pad);
  return loading ?? "lazy";
}

/** A length in pixels; null if there is none. */
export function pixelsOf(pad: Element, name: "height" | "min-height"): number | null {
  const given = pad.getAttribute(name);
  const pixels = /^\s*(\d{1,5})(px)?\s*$/.exec(given ?? "")?.[1];
  if (given !== null && pixels === undefined) warn(`${name}="${given}" is no number of pixels; it is left out.`, pad);
  return pixels === undefined ? null : Number(pixels);
}

/** Tell the author of a page, where authors look. */
export function warn(text: string, pad: Element): void {
  console.warn(`<tensor-pad> ${text}`, pad);
}

function said(trouble: Trouble, strings: Strings): string {
  switch (trouble.kind) {
    case "nothing":
      return strings.nothing;
    case "cells":
      return strings.cells;
    case "twice":
      return strings.twice(trouble.names.join(", "));
  }
}
