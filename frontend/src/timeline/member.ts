/** What a program has: a tensor or a NumPy array. */

import type { ArrayRecord, RoleRecord, TensorRecord } from "../api/schema.ts";

/** A tensor at one time: with the layout that it had then, and what it was to autograd. */
export type TensorMember = TensorRecord & { readonly role: RoleRecord };

export type Member = TensorMember | ArrayRecord;

export function isTensor(member: Member): member is TensorMember {
  return "view_of" in member;
}

/** Whether a gradient is wanted for it. */
export function requiresGrad(member: Member): boolean {
  return isTensor(member) && member.role.requires_grad;
}
