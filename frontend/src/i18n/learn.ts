/** The texts of the course in the language of the page. They are apart from the others: the other pages do without them. */

import { learn as en } from "./en/learn.ts";
import { locale } from "./index.ts";
import type { Lang } from "./lang.ts";
import type { Texts } from "./texts.ts";
import { learn as zhCN } from "./zh-CN/learn.ts";

export type LearnStrings = Texts<typeof en>;

export const LEARN: Readonly<Record<Lang, LearnStrings>> = { en, "zh-CN": zhCN };

export function learnStrings(): LearnStrings {
  return LEARN[locale.lang];
}
