/** Texts of curves, which are loaded where a program has any. */

import { curves as en } from "./en/curves.ts";
import { locale } from "./index.ts";
import type { Lang } from "./lang.ts";
import type { Texts } from "./texts.ts";
import { curves as zhCN } from "./zh-CN/curves.ts";

const CURVE_TEXTS: Readonly<Record<Lang, Texts<typeof en>>> = { en, "zh-CN": zhCN };

export function curveTexts(): Texts<typeof en> {
  return CURVE_TEXTS[locale.lang];
}
