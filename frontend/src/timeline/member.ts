/** What a program has: a tensor or a NumPy array. */

import type { ArrayRecord, TensorRecord } from "../api/schema.ts";

export type Member = TensorRecord | ArrayRecord;

export function isTensor(member: Member): member is TensorRecord {
  return "view_of" in member;
}

/** Whether a gradient is wanted for it. */
export function requiresGrad(member: Member): boolean {
  return isTensor(member) && member.requires_grad;
}
