import { describe, expect, it } from "vitest";

import { DESK } from "../../src/i18n/desk.ts";
import { LANGS, locale } from "../../src/i18n/index.ts";
import type { Lang } from "../../src/i18n/lang.ts";
import { LEARN } from "../../src/i18n/learn.ts";

/** Every key of texts, those of texts within them by their path; a function by how many arguments it takes. */
function keys(texts: object, path = ""): string[] {
  return Object.entries(texts).flatMap(([key, text]: [string, unknown]) => {
    if (typeof text === "object" && text !== null) return keys(text, `${path}${key}.`);
    return typeof text === "function" ? `${path}${key}()` : `${path}${key}`;
  });
}

/** Every text that is written out, with its path. */
function written(texts: object, path = ""): [string, string][] {
  return Object.entries(texts).flatMap(([key, text]: [string, unknown]): [string, string][] => {
    if (typeof text === "object" && text !== null) return written(text, `${path}${key}.`);
    return typeof text === "string" ? [[`${path}${key}`, text]] : [];
  });
}

const TEXTS: Readonly<Record<string, (lang: Lang) => object>> = {
  "all pages": (lang) => locale.of(lang),
  "the playground": (lang) => DESK[lang],
  "the course": (lang) => LEARN[lang],
};

describe.each(Object.entries(TEXTS))("the languages of %s", (_, of) => {
  it("have the same texts", () => {
    const english = keys(of("en")).sort();
    expect(english.length).toBeGreaterThan(10);
    for (const lang of LANGS) expect(keys(of(lang)).sort()).toEqual(english);
  });

  it("leave no text empty", () => {
    for (const lang of LANGS) expect(written(of(lang)).filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});
