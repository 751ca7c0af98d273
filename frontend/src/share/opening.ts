/** What the page opens with: the program of its address, else the draft of an earlier visit, else its first example. */

import type { Drafts } from "./drafts.ts";
import { decode, holdsState } from "./fragment.ts";
import { find, snippetOf } from "./snippets.ts";
import { blank, sameCells } from "../run/notebook.ts";
import type { SharedState } from "./state.ts";

/** Why an address did not bring what it named. */
type Trouble = "unreadable" | "missing" | "unreachable";

interface Opening {
  readonly state: SharedState;
  /** Whether it is work of this browser's own, and not what a link or the example brought. */
  readonly own: boolean;
  readonly trouble: Trouble | null;
  /** A draft that the address displaced. */
  readonly displaced: SharedState | null;
}

/** `home` is the first example; `mark` what this page's history entry says of an earlier load. */
export async function opening(
  address: Pick<Location, "hash" | "pathname">,
  mark: unknown,
  drafts: Drafts,
  home: SharedState,
): Promise<Opening> {
  const draft = drafts.current === null || blank(drafts.current.cells) ? null : drafts.current;
  const named = await addressed(address);
  if (named === null || "trouble" in named) {
    const rest = { trouble: named?.trouble ?? null, displaced: null };
    return draft === null ? { state: home, own: false, ...rest } : { state: draft, own: true, ...rest };
  }
  const own = typeof mark === "object" && mark !== null && "worked" in mark && mark.worked === true;
  const same = draft !== null && sameCells(draft.cells, named.state.cells);
  return {
    state: named.state,
    own: own || same,
    trouble: null,
    displaced: own || same ? null : draft,
  };
}

async function addressed({
  hash,
  pathname,
}: Pick<Location, "hash" | "pathname">): Promise<{ state: SharedState } | { trouble: Trouble } | null> {
  if (holdsState(hash)) {
    const state = await decode(hash);
    return state === null ? { trouble: "unreadable" } : { state };
  }
  const id = snippetOf(pathname);
  if (id === null) return null;
  const found = await find(id);
  return found.kind === "found" ? { state: found.state } : { trouble: found.kind };
}
