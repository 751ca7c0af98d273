/** Texts of how one goes along the timeline, which is loaded once a timeline is shown. */

import { paces as en } from "./en/paces.ts";
import { locale } from "./index.ts";
import type { Lang } from "./lang.ts";
import type { Texts } from "./texts.ts";
import { paces as zhCN } from "./zh-CN/paces.ts";

const PACE_TEXTS: Readonly<Record<Lang, Texts<typeof en>>> = { en, "zh-CN": zhCN };

export function paceTexts(): Texts<typeof en> {
  return PACE_TEXTS[locale.lang];
}
