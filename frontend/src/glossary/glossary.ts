/** The words of PyTorch that texts use. A page says where they come from; one that does not goes without. */

import type { Term } from "../api/schema.ts";
import { type Lang, locale } from "../i18n/index.ts";
import { Finder } from "./finder.ts";

type Load = (lang: Lang) => Promise<readonly Term[]>;

let load: Load | null = null;
const FINDERS = new Map<Lang, Promise<Finder>>();

/** Have the terms of a language loaded so, when a text is shown first. */
export function termsFrom(loader: Load): void {
  load = loader;
}

/** What finds the terms of the page's language in a text; null where there are none to be had. */
export async function finder(): Promise<Finder | null> {
  const { lang } = locale;
  if (load === null) return null;
  const found = FINDERS.get(lang) ?? load(lang).then((terms) => new Finder(terms));
  FINDERS.set(lang, found);
  return found.catch(() => {
    // The next text asks again.
    FINDERS.delete(lang);
    return null;
  });
}
