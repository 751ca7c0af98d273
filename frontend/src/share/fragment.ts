/** State in a link's fragment, which browsers do not send to the server: `#code/`, then deflated JSON in base64url. */

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
  const deflated = await gather(piped(json, new CompressionStream("deflate-raw")), Infinity);
  const text = Array.from(deflated, (byte) => String.fromCharCode(byte)).join("");
  return PREFIX + btoa(text).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** The state in a fragment; null if it holds none that can be read. */
export async function decode(fragment: string): Promise<SharedState | null> {
  if (!holdsState(fragment)) return null;
  try {
    const text = atob(fragment.slice(PREFIX.length).replaceAll("-", "+").replaceAll("_", "/"));
    const deflated = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const json = await gather(piped(deflated, new DecompressionStream("deflate-raw")), MAX_BYTES);
    return asState(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(json)));
  } catch {
    return null;
  }
}

function piped(
  bytes: Uint8Array<ArrayBuffer>,
  through: CompressionStream | DecompressionStream,
): ReadableStream<Uint8Array> {
  return new Blob([bytes]).stream().pipeThrough(through);
}

/** All bytes of a stream. Throws if there are more than `most`. */
async function gather(stream: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    size += part.value.length;
    if (size > most) {
      await reader.cancel();
      throw new RangeError("the state is too long");
    }
    parts.push(part.value);
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
