/** The choice of how far one goes along the timeline at a time. */

import { html, type TemplateResult } from "lit";

import { locale } from "../i18n/index.ts";
import { paceTexts } from "../i18n/paces.ts";
import { PACES, type Pace } from "../timeline/paces.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { visible } from "../ui/text/visible.ts";

/** What a pace is called; that of changes by the tensor that is followed, as it is called after a step. */
export function paceName(pace: Pace, timeline: Timeline, step: number | null, followed: string | null): string {
  const words = paceTexts();
  if (pace !== "change" || followed === null) return words.names[pace];
  return words.changeOf(visible(timeline.nameOf(followed, step) ?? locale.strings.unnamed));
}

/** A list of all paces. Those that the program has no use for say why. */
export function paceChoice(
  chosen: Pace,
  offered: ReadonlySet<Pace>,
  named: (pace: Pace) => string,
  choose: (pace: Pace) => void,
): TemplateResult {
  const words = paceTexts();
  const option = (pace: Pace): TemplateResult => {
    const name = named(pace);
    const text = offered.has(pace) ? name : words.none(name, words.without[pace]);
    return html`<option ?selected=${pace === chosen} ?disabled=${!offered.has(pace)}>${text}</option>`;
  };
  return html`<select
    class="pace"
    aria-label=${words.label}
    title=${words.about}
    @change=${(event: Event) => {
      const pace = event.target instanceof HTMLSelectElement ? PACES[event.target.selectedIndex] : undefined;
      if (pace !== undefined) choose(pace);
    }}
  >
    ${PACES.map(option)}
  </select>`;
}
