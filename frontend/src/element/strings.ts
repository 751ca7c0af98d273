/** The few texts of a pad, without those of the page. */

import { pad as english } from "../i18n/en/pad.ts";
import { type Lang, langOf } from "../i18n/lang.ts";
import type { Texts } from "../i18n/texts.ts";
import { pad as chinese } from "../i18n/zh-CN/pad.ts";

export type Strings = Texts<typeof english>;

const STRINGS: Readonly<Record<Lang, Strings>> = { en: english, "zh-CN": chinese };

/** The language of a pad, with its texts: that of the page where it stands, else the browser's. */
export function languageAt(pad: Element): { readonly lang: Lang; readonly strings: Strings } {
  let at: Element | null = pad;
  while (at !== null && !at.getAttribute("lang")) at = outer(at);
  const lang = langOf([at?.getAttribute("lang") ?? ""]) ?? langOf(navigator.languages) ?? "en";
  return { lang, strings: STRINGS[lang] };
}

/** The element around this one, also across the border of a shadow tree. */
function outer(element: Element): Element | null {
  const root = element.getRootNode();
  return element.parentElement ?? (root instanceof ShadowRoot ? root.host : null);
}
