/** Whether this browser has been here before. */

const KEY = "tensorpad.tour";

/** Whether to welcome a person: on the first visit alone, and nowhere that cannot remember having done so. */
export function firstVisit(): boolean {
  try {
    return localStorage.getItem(KEY) === null;
  } catch {
    return false;
  }
}

/** Whether an address is that of a program that somebody shared: its reader came for that. */
export function isLinked({ pathname, hash }: Pick<Location, "pathname" | "hash">): boolean {
  return hash.length > 1 || /\/s\/[^/]+$/.test(pathname);
}

/** The person was welcomed. */
export function visited(): void {
  try {
    localStorage.setItem(KEY, "seen");
  } catch {
    // Then nobody is welcomed either.
  }
}
