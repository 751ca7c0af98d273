/** Events of a lesson. */

import type { Look } from "../viewer/look.ts";

/** A place in the results of a program that a text leads to. `cell` is the program's number, from 1. */
export interface Place {
  readonly cell: number;
  readonly look: Look;
}

declare global {
  interface HTMLElementEventMap {
    "tp-place": CustomEvent<Place>;
    /** A section is to be read, by its index. */
    "tp-section": CustomEvent<number>;
    /** An exercise was done, by its label. */
    "tp-passed": CustomEvent<string>;
    /** A person has changed the code of a cell or an exercise, by its name. */
    "tp-written": CustomEvent<Written>;
  }
}

export interface Written {
  readonly name: string;
  readonly code: string;
  /** Whether it is as the lesson has it. */
  readonly original: boolean;
}
