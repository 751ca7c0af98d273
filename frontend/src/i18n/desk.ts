/** The texts of the playground around a program, in the language of the page. They are apart from the others: embedded pages and players do without them. */

import { share as shareEn } from "./en/share.ts";
import { tour as tourEn } from "./en/tour.ts";
import { locale } from "./index.ts";
import type { Lang } from "./lang.ts";
import { joined, type Texts } from "./texts.ts";
import { share as shareZh } from "./zh-CN/share.ts";
import { tour as tourZh } from "./zh-CN/tour.ts";

const en = joined(shareEn, tourEn);

export type DeskStrings = Texts<typeof en>;

export const DESK: Readonly<Record<Lang, DeskStrings>> = { en, "zh-CN": joined(shareZh, tourZh) };

export function deskStrings(): DeskStrings {
  return DESK[locale.lang];
}
