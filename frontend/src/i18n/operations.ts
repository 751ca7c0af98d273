/** Descriptions of operations in our own words. They are fetched when the first is wanted: they weigh as much as all other texts. */

import type { operations as english } from "./en/operations.ts";
import type { Texts } from "./texts.ts";
import type { Lang } from "./index.ts";

export type Operations = Texts<typeof english>;
export type OperationName = keyof Operations;

/** How the descriptions in each language are loaded. */
export const OPERATIONS: Readonly<Record<Lang, () => Promise<Operations>>> = {
  en: async () => (await import("./en/operations.ts")).operations,
  "zh-CN": async () => (await import("./zh-CN/operations.ts")).operations,
};
