/** A controller that listens to what the elements within its host send. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

import type { EventName, Sent } from "../ui/events.ts";

/** An element with controllers. */
export type Host = ReactiveControllerHost & HTMLElement;

/** What to do for some of the events that elements send. */
export type Handlers = { readonly [Name in EventName]?: (event: Sent<Name>) => void };

export class Listener implements ReactiveController {
  readonly #host: Host;
  readonly #handlers: readonly (readonly [string, EventListener])[];

  constructor(host: Host, handlers: Handlers) {
    this.#host = host;
    this.#handlers = Object.entries(handlers).map(([name, handler]) => [name, handler as EventListener]);
    host.addController(this);
  }

  hostConnected(): void {
    for (const [name, handler] of this.#handlers) this.#host.addEventListener(name, handler);
  }

  hostDisconnected(): void {
    for (const [name, handler] of this.#handlers) this.#host.removeEventListener(name, handler);
  }
}
