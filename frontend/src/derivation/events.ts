/** The event of a path through a derivation. */

/** The steps of a path, by index; null if a person points at none any more. */
export type PointedPath = readonly number[] | null;

declare global {
  interface HTMLElementEventMap {
    "tp-path": CustomEvent<PointedPath>;
  }
}
