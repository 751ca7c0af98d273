/** Questions about a program that only another run of it answers. */

import { post } from "./client.ts";
import { FaultError } from "./faults.ts";
import type {
  LensRequest,
  LensResponse,
  OpeningRequest,
  OpeningResponse,
  WindowRequest,
  WindowResponse,
} from "./schema.ts";

/** Where an element came from. Throws FaultError where it is not answered. */
export function lens(body: LensRequest, signal: AbortSignal): Promise<LensResponse> {
  return inquire("lens", body, signal) as Promise<LensResponse>;
}

/** What torch did inside an operation. Throws FaultError where it is not answered. */
export function opening(body: OpeningRequest, signal: AbortSignal): Promise<OpeningResponse> {
  return inquire("opening", body, signal) as Promise<OpeningResponse>;
}

/** The elements of a part of a large tensor. Throws FaultError where it is not answered. */
export function windowOn(body: WindowRequest, signal: AbortSignal): Promise<WindowResponse> {
  return inquire("values", body, signal) as Promise<WindowResponse>;
}

async function inquire(route: string, body: object, signal: AbortSignal): Promise<unknown> {
  try {
    return await (await post(route, "application/json", body, signal)).json();
  } catch (error) {
    if (error instanceof FaultError) throw error;
    throw new FaultError(signal.aborted ? { kind: "cancelled" } : { kind: "unreachable" });
  }
}
