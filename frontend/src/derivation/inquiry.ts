/** Asks for one derivation at a time: what was asked last counts, and an answer to an older question is dropped. */

import { type Fault, faultFrom } from "../api/faults.ts";
import type { DerivationRequest, DerivationResponse } from "../api/schema.ts";

type Inquiry =
  | { readonly kind: "idle" }
  /** `before` is the answer to the question before, to be shown meanwhile. */
  | { readonly kind: "asked"; readonly before: DerivationResponse | null }
  | { readonly kind: "answered"; readonly answer: DerivationResponse }
  | { readonly kind: "failed"; readonly fault: Fault };

export type Ask = (body: DerivationRequest, signal: AbortSignal) => Promise<DerivationResponse>;

export class Inquirer {
  state: Inquiry = { kind: "idle" };
  #abort: AbortController | null = null;
  readonly #changed: () => void;

  /** `changed` is called after every change of the state. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  async ask(body: DerivationRequest, ask: Ask): Promise<void> {
    this.#abort?.abort();
    const abort = new AbortController();
    this.#abort = abort;
    this.#become({ kind: "asked", before: this.state.kind === "answered" ? this.state.answer : null });
    try {
      const answer = await ask(body, abort.signal);
      if (this.#abort === abort) this.#become({ kind: "answered", answer });
    } catch (error) {
      if (this.#abort === abort) this.#become({ kind: "failed", fault: faultFrom(error) });
    }
  }

  /** Forget the question that is open, if any, and its answer. */
  forget(): void {
    this.#abort?.abort();
    this.#abort = null;
    this.state = { kind: "idle" };
  }

  #become(state: Inquiry): void {
    this.state = state;
    this.#changed();
  }
}
