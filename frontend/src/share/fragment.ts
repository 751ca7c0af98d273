/** State in a link's fragment, which browsers do not send to the server: `#code/`, then deflated JSON in base64url. */

import { deflated, inflated } from "./streams.ts";
import { asState, type SharedState } from "./state.ts";

const PREFIX = "#code/";
/** A short fragment can inflate to gigabytes; a state of the largest size that is taken, in JSON, cannot be longer. */
const MAX_BYTES = 2 * 1024 * 1024;

/** Whether the fragment is meant for us. */
export function holdsState(fragment: string): boolean {
  return fragment.startsWith(PREFIX);
}

/** The fragment, with its `#`. */
export async function encode(state: SharedState): Promise<string> {
  const json = new TextEncoder().encode(JSON.stringify(state));
  const bytes = await deflated(json, "deflate-raw");
  const text = Array.from(bytes, (byte) => String.fromCharCode(byte)).join("");
  return PREFIX + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The state in a fragment; null if it holds none that can be read. */
export async function decode(fragment: string): Promise<SharedState | null> {
  if (!holdsState(fragment)) return null;
  try {
    const text = atob(fragment.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const json = await inflated(bytes, "deflate-raw", MAX_BYTES);
    return asState(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)));
  } catch {
    return null;
  }
}
