/** A quiet hint after each line: what it made. */

import { type EditorState, type Range as Placed } from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, WidgetType } from "@codemirror/view";

import type { Strings } from "../../i18n/index.ts";
import { findings } from "./findings.ts";
import type { LineMade, Made } from "./made.ts";
import { live, surroundings, words } from "./page.ts";

const MOST = 4;

class Hint extends WidgetType {
  readonly #lines: readonly LineMade[];
  readonly #strings: Strings;
  readonly #key: string;

  constructor(lines: readonly LineMade[], strings: Strings) {
    super();
    this.#lines = lines;
    this.#strings = strings;
    this.#key = JSON.stringify([strings.language, lines.map(({ made, times }) => [made, times])]);
  }

  override eq(other: Hint): boolean {
    return other.#key === this.#key;
  }

  override toDOM(view: EditorView): HTMLElement {
    const hint = element("span", "tp-hint");
    const all = this.#lines.flatMap(({ made }) => made);
    for (const made of all.slice(0, MOST)) hint.append(this.#thing(made, view));
    if (all.length > MOST) hint.append(element("span", "more", `+${all.length - MOST}`));
    const times = Math.max(...this.#lines.map((line) => line.times));
    if (times > 1) {
      const count = element("span", "times", `×${times}`);
      count.title = this.#strings.ranTimes(times);
      hint.append(count);
    }
    return hint;
  }

  #thing({ name, text, how, id, tracked }: Made, view: EditorView): HTMLElement {
    const thing = element("span", `thing ${how}`);
    thing.append(element("span", "name", name), ` ${text}`);
    if (tracked) thing.append(" ", element("span", "nabla", "∇"));
    if (how === "written") thing.append(" ", element("span", "how", this.#strings.inPlace));
    if (id !== null) {
      const { onPoint } = view.state.facet(surroundings);
      thing.addEventListener("pointerenter", () => {
        onPoint(id);
      });
      thing.addEventListener("pointerleave", () => {
        onPoint(null);
      });
    }
    return thing;
  }
}

export const hints = EditorView.decorations.compute([findings, words, live, "doc"], (state): DecorationSet => {
  const said = state.facet(words);
  if (said === null) return Decoration.none;
  const found: Placed<Decoration>[] = [];
  for (const [end, lines] of byLine(state)) {
    found.push(Decoration.widget({ widget: new Hint(lines, said.strings), side: 1 }).range(end));
  }
  return Decoration.set(found, true);
});

/** What each line made, by the line's end. An edited line's hint stays only if the next answer is on its way. */
function byLine(state: EditorState): Map<number, LineMade[]> {
  const found = new Map<number, LineMade[]>();
  for (const { to, value, touched } of state.field(findings).made) {
    if (touched && !state.facet(live)) continue;
    const { to: end } = state.doc.lineAt(to);
    found.set(end, [...(found.get(end) ?? []), value]);
  }
  return found;
}

function element(tag: string, className: string, text = ""): HTMLElement {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  return made;
}
