/** Why the service did not answer. A program that fails is an answer. */

import type { ProblemDetails } from "./schema.ts";

export type Fault =
  /** Nothing answered: no network, or the service is down. */
  | { readonly kind: "unreachable" }
  /** Too busy (503) or asked too often (429); `retryAt` is when to try again, in `Date.now()` time. */
  | { readonly kind: "overloaded"; readonly retryAt: number; readonly problem: ProblemDetails }
  /** The request cannot be carried out; the problem says why. */
  | { readonly kind: "refused"; readonly problem: ProblemDetails }
  /** The service failed. */
  | { readonly kind: "broken"; readonly problem: ProblemDetails | null }
  /** The answer broke off, or cannot be read. */
  | { readonly kind: "cut" }
  /** The person, or the page itself, no longer wants the answer. */
  | { readonly kind: "cancelled" }
  /** Answers come from a recording, and this one is not in it. */
  | { readonly kind: "unrecorded" };

/** A fault, thrown. `status` is the HTTP status; null if nothing answered, or not with a failure. */
export class FaultError extends Error {
  readonly fault: Fault;
  readonly status: number | null;

  constructor(fault: Fault, status: number | null = null) {
    super(fault.kind);
    this.name = "FaultError";
    this.fault = fault;
    this.status = status;
  }
}

/** The fault that was thrown. Any other exception is our own failure. */
export function faultFrom(error: unknown): Fault {
  return error instanceof FaultError ? error.fault : { kind: "broken", problem: null };
}

/** What the service itself says of a fault; null if it says nothing. */
export function detailOf(fault: Fault): string | null {
  return "problem" in fault ? (fault.problem?.detail ?? null) : null;
}

/** The fault of a failed response. `now` is `Date.now()`. */
export function faultOf(status: number, retryAfter: string | null, body: unknown, now: number): Fault {
  const problem = asProblem(body, status);
  if (problem === null) return { kind: "broken", problem };
  return faultOfProblem(problem, retryAfter, now);
}

/** The fault of a problem, whether it came as a response or as an event. */
export function faultOfProblem(problem: ProblemDetails, retryAfter: string | null, now: number): Fault {
  if (problem.status === 429 || problem.status === 503) {
    return { kind: "overloaded", retryAt: now + 1000 * seconds(retryAfter, now), problem };
  }
  return problem.status < 500 ? { kind: "refused", problem } : { kind: "broken", problem };
}

/** Seconds of a Retry-After header, which is seconds or a date; 2 if it is neither, one hour at most. */
function seconds(header: string | null, now: number): number {
  const text = header?.trim() ?? "";
  const wait = /^\d+$/.test(text) ? Number(text) : (Date.parse(text) - now) / 1000;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), 3600) : 2;
}

/** `body` as a problem; null if it is none. */
export function asProblem(body: unknown, status: number): ProblemDetails | null {
  if (typeof body !== "object" || body === null) return null;
  const { type, title, detail, request_id, errors } = body as Record<string, unknown>;
  if (typeof title !== "string") return null;
  return {
    type: typeof type === "string" ? type : "about:blank",
    title,
    status,
    detail: typeof detail === "string" ? detail : "",
    request_id: typeof request_id === "string" ? request_id : "",
    errors: Array.isArray(errors) ? (errors as ProblemDetails["errors"]) : [],
  };
}
