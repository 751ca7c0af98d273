/** The language of the page: chosen by the link, else by the browser; one for the whole page. */

import { en, type Strings } from "./en/index.ts";
import { type Lang, langOf } from "./lang.ts";
import { zhCN } from "./zh-CN/index.ts";

export type { Lang, Strings };

const LANGUAGES: Readonly<Record<Lang, Strings>> = { en, "zh-CN": zhCN };

/** The languages in the order in which a switch offers them. */
export const LANGS: readonly Lang[] = ["en", "zh-CN"];

/** The language that a link (`?lang=`) and then the browser ask for. */
export function wanted(search: string, browser: readonly string[]): Lang {
  const asked = new URLSearchParams(search).get("lang");
  return langOf(asked === null ? browser : [asked, ...browser]) ?? "en";
}

/** The language now, and news of its changes. */
class Locale extends EventTarget {
  lang: Lang = "en";

  get strings(): Strings {
    return LANGUAGES[this.lang];
  }

  /** The texts of one language, whichever the page is in: a switch names each language in that language. */
  of(lang: Lang): Strings {
    return LANGUAGES[lang];
  }

  /** Change the language of the page, and of the link in the address bar. */
  choose(lang: Lang): void {
    const link = new URL(location.href);
    link.searchParams.set("lang", lang);
    history.replaceState(history.state, "", link);
    this.set(lang);
  }

  set(lang: Lang): void {
    this.lang = lang;
    document.documentElement.lang = lang;
    this.dispatchEvent(new Event("change"));
  }
}

export const locale = new Locale();
