/** The event of a unit of a storage that a person points at. */

/** A unit, by its index in the storage; null if a person points at none any more. */
export type PointedUnit = number | null;

declare global {
  interface HTMLElementEventMap {
    "tp-unit": CustomEvent<PointedUnit>;
  }
}
