/** Where answers come from: a service, or a recording of what it answered. Each page chooses one before it shows anything. */

import type {
  DerivationRequest,
  DerivationResponse,
  DrawnGraph,
  GraphRequest,
  LensRequest,
  LensResponse,
  NameRecord,
  OpeningRequest,
  OpeningResponse,
  RunBody,
  ValuesResponse,
  WindowRequest,
  WindowResponse,
} from "./schema.ts";
import type { RunEvent } from "./runs.ts";

/** All of it throws FaultError where there is no answer; one that was not recorded is the fault `unrecorded`. */
export interface Source {
  /** Runs a program. Aborting the signal ends the run. Null where no program can be run. */
  readonly run: ((program: RunBody, signal: AbortSignal) => AsyncGenerator<RunEvent>) | null;
  /** A chunk of the values that the answer to a run deferred. */
  readonly chunk: (run: string, chunk: number, signal: AbortSignal) => Promise<ValuesResponse>;
  /** One graph of a program, folded as the request says. */
  readonly draw: (body: GraphRequest, signal?: AbortSignal) => Promise<DrawnGraph>;
  /** How the gradients of a program come about. */
  readonly derive: (body: DerivationRequest, signal: AbortSignal) => Promise<DerivationResponse>;
  /** Which elements an element was computed from. */
  readonly lens: (body: LensRequest, signal: AbortSignal) => Promise<LensResponse>;
  /** What torch did inside an operation. */
  readonly opening: (body: OpeningRequest, signal: AbortSignal) => Promise<OpeningResponse>;
  /** The elements of a part of a large tensor. Null where only its summary can be had. */
  readonly window: ((body: WindowRequest, signal: AbortSignal) => Promise<WindowResponse>) | null;
  /** What torch's documentation says of a public name such as `torch.Tensor.mul`; null if that is not known. */
  readonly documentation: (name: string) => Promise<NameRecord | null>;
}

let chosen: Source | null = null;

/** Take answers from there. */
export function answerFrom(source: Source): void {
  chosen = source;
}

/** Where answers come from on this page. */
export function source(): Source {
  if (chosen === null) throw new Error("nothing was chosen to answer from");
  return chosen;
}
