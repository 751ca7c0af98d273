/** Descriptions of operations in our own words. They are fetched when the first is wanted: they weigh as much as all other texts. */

import type { operations as english } from "./en/operations.ts";
import type { Texts } from "./texts.ts";
import type { Lang } from "./index.ts";

export type Operations = Texts<typeof english>;
export type OperationName = keyof Operations;

/** The descriptions in a language. */
export async function operationsIn(lang: Lang): Promise<Operations> {
  switch (lang) {
    case "en":
      return (await import("./en/operations.ts")).operations;
    case "zh-CN":
      return (await import("./zh-CN/operations.ts")).operations;
  }
}
