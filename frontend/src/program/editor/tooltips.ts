/** The value of the expression under the pointer, or of the one that is selected. */

import { type EditorState, type Extension, StateField } from "@codemirror/state";
import { hoverTooltip, showTooltip, type Tooltip, tooltips } from "@codemirror/view";

import { type Expression, expressionAt, expressionIn } from "./expressions.ts";
import { findings } from "./findings.ts";
import { surroundings } from "./page.ts";

import "../tp-value-tooltip.ts";

const HOVER_MS = 250;

function tooltip(state: EditorState, { from, to, seen }: Expression, live: boolean): Tooltip {
  return {
    pos: from,
    end: to,
    above: true,
    create: (view) => {
      const dom = document.createElement("tp-value-tooltip");
      dom.code = state.sliceDoc(from, to);
      dom.seen = seen;
      // A selection can be made by keyboard, so screen readers announce it. Announcing a hover would talk over everything.
      if (live) dom.setAttribute("role", "status");
      const { onPoint } = view.state.facet(surroundings);
      return {
        dom,
        mount: () => {
          if (seen.kind !== "plain") onPoint(seen.member.id);
        },
        update: ({ state: now, startState }) => {
          // Values that were awaited may have come.
          if (now.field(findings) === startState.field(findings)) return;
          const found = expressionIn(now, { from, to });
          if (found !== null) dom.seen = found.seen;
        },
        destroy: () => {
          onPoint(null);
        },
      };
    },
  };
}

const hovered = hoverTooltip(
  (view, position, side) => {
    const found = expressionAt(view.state, position, side < 0 ? -1 : 1);
    return found === null ? null : tooltip(view.state, found, false);
  },
  { hoverTime: HOVER_MS, hideOnChange: true },
);

const selected = StateField.define<readonly Tooltip[]>({
  create: () => [],
  update(before, transaction) {
    const { state, startState, selection, docChanged } = transaction;
    if (selection === undefined && !docChanged && state.field(findings) === startState.field(findings)) return before;
    const { main } = state.selection;
    const found = main.empty ? null : expressionIn(state, main);
    return found === null ? [] : [tooltip(state, found, true)];
  },
  provide: (field) => showTooltip.computeN([field], (state) => state.field(field)),
});

/** Tooltips have the window's coordinates, so that no scrolling column cuts them off. */
export const valueTooltips: Extension = [hovered, selected, tooltips({ position: "fixed" })];
