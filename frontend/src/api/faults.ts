/** What can keep a run from being answered, as opposed to a program that fails, which is an answer. */

import type { ProblemBody } from "./schema.ts";

export type Fault =
  /** Nothing answered: no network, or the service is down. */
  | { readonly kind: "unreachable" }
  /** Too busy (503) or asked too often (429); `retryAt` is when to try again, in `Date.now()` time. */
  | { readonly kind: "overloaded"; readonly retryAt: number; readonly problem: ProblemBody }
  /** The request cannot be carried out; the problem says why. */
  | { readonly kind: "refused"; readonly problem: ProblemBody }
  /** The service failed. */
  | { readonly kind: "broken"; readonly problem: ProblemBody | null }
  /** The answer broke off. */
  | { readonly kind: "cut" }
  /** The person ended the run. */
  | { readonly kind: "cancelled" };

/** Carries a fault through promises. */
export class FaultError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(fault.kind);
    this.name = "FaultError";
    this.fault = fault;
  }
}

/** The fault that a failed response stands for. `now` is `Date.now()`. */
export function faultOf(status: number, retryAfter: string | null, body: unknown, now: number): Fault {
  const problem = asProblem(body, status);
  if (problem === null) return { kind: "broken", problem };
  return faultOfProblem(problem, retryAfter, now);
}

/** The fault that a problem stands for, whether it came as a response or as an event. */
export function faultOfProblem(problem: ProblemBody, retryAfter: string | null, now: number): Fault {
  if (problem.status === 429 || problem.status === 503) {
    return { kind: "overloaded", retryAt: now + 1000 * seconds(retryAfter, now), problem };
  }
  return problem.status < 500 ? { kind: "refused", problem } : { kind: "broken", problem };
}

/** Seconds of a Retry-After header, which holds seconds or a date; 2 where it holds neither, one hour at most. */
function seconds(header: string | null, now: number): number {
  const text = header?.trim() ?? "";
  const found = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  return Number.isFinite(found) ? Math.min(Math.max(found, 0), 3600) : 2;
}

/** A problem body where `body` is one. */
export function asProblem(body: unknown, status: number): ProblemBody | null {
  if (typeof body !== "object" || body === null) return null;
  const { type, title, detail, request_id, errors } = body as Record<string, unknown>;
  if (typeof title !== "string") return null;
  return {
    type: typeof type === "string" ? type : "about:blank",
    title,
    status,
    detail: typeof detail === "string" ? detail : "",
    request_id: typeof request_id === "string" ? request_id : "",
    errors: Array.isArray(errors) ? (errors as ProblemBody["errors"]) : [],
  };
}
