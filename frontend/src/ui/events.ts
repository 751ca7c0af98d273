/** Events between elements. Each folder declares those that its elements send in its `events.ts`. */

declare global {
  interface HTMLElementEventMap {
    "tp-closed": CustomEvent<null>;
    "tp-tab": CustomEvent<string>;
  }
}

/** The name of an event that an element sends. */
export type EventName = keyof HTMLElementEventMap & `tp-${string}`;

/** The event of a name, for those who listen. */
export type Sent<Name extends EventName> = HTMLElementEventMap[Name];
