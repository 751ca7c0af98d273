/** A recording in a message of the page around ours. */

export interface Cargo {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly options: unknown;
}

/** What a message brings; null if it is about something else. */
export function cargoOf(data: unknown): Cargo | null {
  if (typeof data !== "object" || data === null) return null;
  const { target, type, bytes, options } = data as Record<string, unknown>;
  if (target !== "tensorpad" || type !== "recording" || !(bytes instanceof ArrayBuffer)) return null;
  return { bytes: new Uint8Array(bytes), options };
}
