/** A recording as its file has it (`docs/recordings.md`). A file may come from anybody, so nothing in it is taken for granted. */

import { as } from "../api/filled.ts";
import type { Records } from "../api/forms.ts";
import type { Derivation, DrawnGraph, Lens, NameRecord, Opening, RunResponse } from "../api/schema.ts";
import { inflated } from "../share/streams.ts";
import { complete, faultOf } from "./file.ts";

const FORMAT = "tensorpad recording";
/** The newest version that can be read. */
export const VERSION = 1;
const MOST_BYTES = 64 * 1024 * 1024;

export interface Recording {
  readonly program: { readonly cells: readonly string[]; readonly lang: string };
  readonly answer: RunResponse;
  readonly derivations: readonly {
    readonly derivation: Derivation;
    readonly of?: string;
    readonly backward?: string;
    readonly checked?: boolean;
    readonly message?: string;
  }[];
  readonly drawings: readonly {
    readonly graph: string;
    readonly open: readonly string[];
    readonly closed: readonly string[];
    readonly drawn: DrawnGraph;
  }[];
  readonly openings: readonly { readonly operation: string; readonly opening: Opening }[];
  readonly lenses: readonly {
    readonly operation: string;
    readonly output: number;
    readonly element: readonly number[];
    readonly lens: Lens;
  }[];
  readonly names: readonly { readonly name: string; readonly documentation: NameRecord }[];
}

/** Why a file cannot be played. */
export type Trouble =
  | { readonly kind: "none" }
  | { readonly kind: "newer"; readonly version: number }
  | { readonly kind: "large"; readonly most: number }
  /** `where` it is not as it must be, and how that is, in English. */
  | { readonly kind: "damaged"; readonly where: string };

/** The recording, or why there is none. */
export async function read(bytes: Uint8Array<ArrayBuffer>): Promise<Recording | Trouble> {
  let file: unknown;
  try {
    const text = await inflated(bytes, "gzip", MOST_BYTES);
    file = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(text));
  } catch (error) {
    return error instanceof RangeError ? { kind: "large", most: MOST_BYTES } : { kind: "none" };
  }
  if (typeof file !== "object" || file === null || !("format" in file) || file.format !== FORMAT)
    return { kind: "none" };
  const version = "version" in file ? file.version : null;
  if (typeof version !== "number" || !Number.isInteger(version) || version < 1)
    return { kind: "damaged", where: "/version" };
  if (version > VERSION) return { kind: "newer", version };
  complete(file);
  const fault = faultOf(file);
  if (fault !== null) return { kind: "damaged", where: fault };
  return whole(file as unknown as Recording);
}

/** With the defaults that an answer came without. */
function whole(file: Recording): Recording {
  const fill = (name: keyof Records, record: unknown): void => {
    as(name)(record);
  };
  fill("RunResponse", file.answer);
  for (const { derivation } of file.derivations) fill("Derivation", derivation);
  for (const { drawn } of file.drawings) fill("DrawnGraph", drawn);
  for (const { opening } of file.openings) fill("Opening", opening);
  for (const { lens } of file.lenses) fill("Lens", lens);
  for (const { documentation } of file.names) fill("NameRecord", documentation);
  return file;
}
