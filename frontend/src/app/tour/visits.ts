/** Whether this browser has seen the tour. */

const KEY = "tensorpad.tour";

/** Whether to show the tour by itself: on the first visit alone, and nowhere that cannot remember having shown it. */
export function firstVisit(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    return false;
  }
}

/** The tour was seen, or skipped. */
export function visited(): void {
  try {
    localStorage.setItem(KEY, "seen");
  } catch {
    // Then it is not shown by itself either.
  }
}
