/** The shape of a recording. */

/** Where a file differs from what a recording is, and how; null if it does not. */
export function faultOf(file: object): string | null {
  return "answer" in file ? null : "/answer";
}
