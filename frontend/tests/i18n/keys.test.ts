import { describe, expect, it } from "vitest";

import { LANGS, locale } from "../../src/i18n/index.ts";

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

describe("the languages of the page", () => {
  it("have the same texts", () => {
    const english = keys(locale.of("en")).sort();
    expect(english.length).toBeGreaterThan(100);
    for (const lang of LANGS) expect(keys(locale.of(lang)).sort()).toEqual(english);
  });

  it("leave no text empty", () => {
    for (const lang of LANGS) expect(written(locale.of(lang)).filter(([, text]) => text.trim() === "")).toEqual([]);
  });
});
