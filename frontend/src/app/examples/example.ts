/** A program to begin with, in every language of the page. */

import type { Lang } from "../../i18n/index.ts";

type Words = Readonly<Record<Lang, string>>;

/** A comment of the program: the words of the language, after a `#`. */
type Say = (en: string, zh: string) => string;

export interface Example {
  readonly id: string;
  readonly title: Words;
  /** What there is to see. */
  readonly sentence: Words;
  /** The view that shows it. */
  readonly view?: string;
  readonly cells: (say: Say) => readonly string[];
}

/** The cells of an example in one language. */
export function program(example: Example, lang: Lang): readonly string[] {
  return example.cells((en, zh) => `# ${lang === "en" ? en : zh}`);
}
