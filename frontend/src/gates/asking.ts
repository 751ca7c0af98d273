/**
 * How far a person is with the gates of an answer. While a gate is asked, the results of its run are veiled: whoever has predicted
 * first learns from what they then see.
 */

import type { Gate } from "../api/schema.ts";

/** A gate, and what a person answered before: null if it was not asked yet. */
export interface Asked {
  readonly gate: Gate;
  /** The program that asks it. */
  readonly source: string;
  readonly key: string;
  readonly given: string | null;
}

export interface Asking {
  readonly gates: readonly Asked[];
  /** The gate that is asked or revealed; null: all were, or were passed over. */
  readonly at: number | null;
  readonly phase: "asks" | "reveals";
}

export const NOTHING_ASKED: Asking = { gates: [], at: null, phase: "asks" };

/** What names a gate through all runs of a program: its place, its question, and which code is before it. */
export function keyOf(gate: Gate, cells: readonly string[], from: number): string {
  const code = cells
    .slice(from, gate.cell + 1)
    .map((cell, at) => (at + from === gate.cell ? cell.split("\n").slice(0, gate.line).join("\n") : cell))
    .join("\n");
  return `${gate.kind} ${gate.target} ${hash(code)}`;
}

/** The gates of an answer, from a cell on. Those that were answered before are not asked again. */
export function begun(
  gates: readonly Gate[],
  cells: readonly string[],
  known: (key: string) => string | null,
  from = 0,
): Asking {
  const asked = gates
    .filter(({ cell, problem }) => cell >= from && problem === null)
    .map((gate): Asked => {
      const key = keyOf(gate, cells, from);
      return { gate, source: cells[gate.cell] ?? "", key, given: known(key) };
    });
  return { gates: asked, ...next(asked, 0) };
}

/** With an answer to the gate that is asked, which is then revealed. */
export function answered(asking: Asking, given: string): Asking {
  const { gates, at } = asking;
  if (at === null || asking.phase === "reveals") return asking;
  return { gates: gates.map((one, index) => (index === at ? { ...one, given } : one)), at, phase: "reveals" };
}

/** On to the next gate that was not asked yet. */
export function goneOn(asking: Asking): Asking {
  return asking.at === null ? asking : { ...asking, ...next(asking.gates, asking.at + 1) };
}

/** Whether gates are left that were not asked yet, after the one that is asked or revealed. */
export function asksOn({ gates, at }: Asking): boolean {
  return at !== null && gates.some(({ given }, index) => index > at && given === null);
}

/** Without asking the gates that are left. */
export function passedOver(asking: Asking): Asking {
  return { ...asking, at: null };
}

/** With a gate asked once more, by its index. */
export function askedAgain(asking: Asking, at: number): Asking {
  return {
    gates: asking.gates.map((one, index) => (index === at ? { ...one, given: null } : one)),
    at,
    phase: "asks",
  };
}

/** Whether the results are to be kept from the person for now. */
export function veils({ at, phase }: Asking): boolean {
  return at !== null && phase === "asks";
}

function next(gates: readonly Asked[], from: number): Pick<Asking, "at" | "phase"> {
  const at = gates.findIndex(({ given }, index) => index >= from && given === null);
  return { at: at < 0 ? null : at, phase: "asks" };
}

/** A short name of a text (FNV-1a): keys are kept, and code is long. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (value >>> 0).toString(36);
}
