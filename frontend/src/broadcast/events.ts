/** The event of a cell that a person points at in a picture of broadcasting. */

/** A cell of a matrix; null if a person points at none any more. */
export type PointedCell = { readonly row: number; readonly column: number } | null;

declare global {
  interface HTMLElementEventMap {
    "tp-pointed": CustomEvent<PointedCell>;
  }
}
