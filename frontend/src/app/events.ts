/** Events of the page around the program: its header, gallery, tour and toast. */

import type { SharedState } from "../share/state.ts";

/** A program that a person chose in the gallery; `title` is null for an earlier one of their own. */
export interface GalleryChoice {
  readonly title: string | null;
  readonly state: SharedState;
}

declare global {
  interface HTMLElementEventMap {
    "tp-chosen": CustomEvent<GalleryChoice>;
    "tp-clear": CustomEvent<null>;
    "tp-examples": CustomEvent<null>;
    "tp-file": CustomEvent<File>;
    "tp-toast-closed": CustomEvent<null>;
    "tp-toast-left": CustomEvent<null>;
    "tp-toast-action": CustomEvent<null>;
    "tp-program": CustomEvent<SharedState>;
    "tp-share": CustomEvent<null>;
    "tp-tour": CustomEvent<null>;
    "tp-tour-end": CustomEvent<null>;
  }
}
