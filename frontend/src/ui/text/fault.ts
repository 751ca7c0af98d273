/** Why a question was not answered, in a sentence. */

import type { Fault } from "../../api/faults.ts";
import type { Strings } from "../../i18n/index.ts";

/** `online`: whether the browser has a network at all. */
export function faultText(fault: Fault, texts: Strings, online: boolean): string {
  switch (fault.kind) {
    case "unreachable":
      return online ? texts.unreachable : texts.offline;
    case "overloaded":
      return fault.problem.status === 429 ? texts.rateLimited : texts.overloaded;
    case "refused":
      return fault.problem.detail;
    case "broken":
      return texts.broken;
    case "cut":
      return texts.cut;
    case "cancelled":
      return texts.cancelled;
    case "unrecorded":
      return texts.unrecorded;
  }
}
