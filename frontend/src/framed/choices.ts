/** Themes and languages as addresses, pages around ours and recordings name them. */

import type { Lang } from "../i18n/index.ts";
import { THEME_CHOICES, type ThemeChoice } from "../theme.ts";

export const THEMES = ["auto", ...THEME_CHOICES.filter((choice) => choice !== "system")] as const;
export const LANGUAGES: readonly Lang[] = ["en", "zh-CN"];

/** A theme; null if there is none of this name. */
export function themeOf(name: string): ThemeChoice | null {
  const theme = THEMES.find((known) => known === name);
  return theme === undefined ? null : theme === "auto" ? "system" : theme;
}

/** A language; null if there is none of this name. */
export function langOf(name: string): Lang | null {
  return LANGUAGES.find((known) => known === name) ?? null;
}
