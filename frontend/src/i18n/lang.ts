/** The languages of the page, without their texts: what shows only a few words imports those alone. */

export type Lang = "en" | "zh-CN";

/** The first of these language tags (`zh-TW`, `en-GB`) that there is a language for; null if there is none. */
export function langOf(tags: readonly string[]): Lang | null {
  for (const tag of tags) {
    if (/^zh\b/i.test(tag)) return "zh-CN";
    if (/^en\b/i.test(tag)) return "en";
  }
  return null;
}
