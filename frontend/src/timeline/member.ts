/** What a program has: a tensor or a NumPy array. */

import type { ArrayBody, TensorBody } from "../api/schema.ts";

export type Member = TensorBody | ArrayBody;

export function isTensor(member: Member): member is TensorBody {
  return "view_of" in member;
}

/** Whether a gradient is wanted for it. */
export function requiresGrad(member: Member): boolean {
  return isTensor(member) && member.requires_grad;
}
