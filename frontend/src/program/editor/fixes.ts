/** A fix as a difference of lines, to be read before it is applied. */

import type { Fix } from "../../api/schema.ts";
import { exactRangeOf } from "../../ui/text/spans.ts";

/** A line before or after the fix. `changed` is what differs. */
export interface DiffLine {
  readonly head: string;
  readonly changed: string;
  readonly tail: string;
}

/** The lines that a fix removes and those that it adds instead; `line` is the first, counted from 1. */
export interface Preview {
  readonly line: number;
  readonly removed: readonly DiffLine[];
  readonly added: readonly DiffLine[];
}

/** What a fix does to the code that ran; null if its span is not in it. */
export function preview(code: string, { span, replacement }: Fix): Preview | null {
  const range = exactRangeOf(code, span);
  if (range === null) return null;
  const before = code.split("\n");
  const after = (code.slice(0, range.from) + replacement + code.slice(range.to)).split("\n");
  const head = common(before, after);
  const tail = common(before.slice(head).toReversed(), after.slice(head).toReversed());
  const removed = before.slice(head, before.length - tail);
  const added = after.slice(head, after.length - tail);
  const [old = "", fresh = ""] = [removed[0], added[0]];
  const pair = removed.length === 1 && added.length === 1;
  return {
    line: head + 1,
    removed: pair ? [apart(old, fresh)] : removed.map(whole),
    added: pair ? [apart(fresh, old)] : added.map(whole),
  };
}

/** A line beside the one that it differs from. */
function apart(line: string, other: string): DiffLine {
  // By character and not by its halves, of which an emoji has two.
  const characters = Array.from(line);
  const others = Array.from(other);
  const head = common(characters, others);
  const tail = common(characters.slice(head).reverse(), others.slice(head).reverse());
  return {
    head: characters.slice(0, head).join(""),
    changed: characters.slice(head, characters.length - tail).join(""),
    tail: characters.slice(characters.length - tail).join(""),
  };
}

function whole(line: string): DiffLine {
  return { head: line, changed: "", tail: "" };
}

/** How many items two lists have in common at their beginning. */
function common(one: readonly string[], other: readonly string[]): number {
  const most = Math.min(one.length, other.length);
  let count = 0;
  while (count < most && one[count] === other[count]) count += 1;
  return count;
}
