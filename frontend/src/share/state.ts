/** What a link, a stored snippet and the browser's storage contain: a program, and a viewpoint. */

import type { Lang } from "../i18n/index.ts";
import type { WrittenViewpoint } from "../navigation/viewpoint.ts";

export interface SharedState extends WrittenViewpoint {
  readonly cells: readonly string[];
  readonly lang?: Lang;
}

const MAX_CELLS = 200;
const MAX_CHARACTERS = 256 * 1024;

/** The state that `value` is, whatever that came from; null if it is none. Parts that cannot be used are left out. */
export function asState(value: unknown): SharedState | null {
  if (typeof value !== "object" || value === null) return null;
  const { cells, view, step, graph, lang } = value as Record<string, unknown>;
  if (!Array.isArray(cells) || cells.length === 0 || cells.length > MAX_CELLS) return null;
  const codes = cells.filter((cell): cell is string => typeof cell === "string");
  if (codes.length < cells.length || codes.reduce((sum, code) => sum + code.length, 0) > MAX_CHARACTERS) return null;
  return {
    cells: codes,
    ...(typeof view === "string" && view.length <= 32 ? { view } : {}),
    ...(typeof step === "number" && Number.isSafeInteger(step) && step >= 0 ? { step } : {}),
    ...(typeof graph === "string" && /^g\d{1,6}$/.test(graph) ? { graph } : {}),
    ...(lang === "en" || lang === "zh-CN" ? { lang } : {}),
  };
}
