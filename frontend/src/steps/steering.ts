/** How a person goes along the timeline: by which pace, and from where. A timeline loads this once it is shown. */

import type { TemplateResult } from "lit";

import { paceTexts } from "../i18n/paces.ts";
import { gone, into, nearest, outOf, restsOf, roundOf, type Pace, paces } from "../timeline/paces.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { paceChoice, paceName } from "./pace-choice.ts";

import "./tp-marks.ts";

export { Playing } from "./playing.ts";

/** So many paces by a key, forward or back. */
const KEYS: Readonly<Record<string, number | undefined>> = { ArrowLeft: -1, ArrowRight: 1 };
/** The same on the slider itself. */
const SLIDER_KEYS: typeof KEYS = { ...KEYS, ArrowDown: -1, ArrowUp: 1, PageDown: -10, PageUp: 10 };

/** The stop that an arrow leads to with Shift: over calls, into one, out of one. */
function around(timeline: Timeline, at: number, key: string): number | null {
  // Where something is selected, Shift and an arrow select more.
  if (getSelection()?.isCollapsed === false) return null;
  if (key === "ArrowDown") return into(timeline, at);
  if (key === "ArrowUp") return outOf(timeline, at);
  const by = KEYS[key];
  return by === undefined ? null : gone(restsOf(timeline, "statement", at, null), at, by, timeline.end);
}

export class Steering {
  /** The tensor whose changes are followed, by its id: the one that was clicked last. */
  followed: string | null = null;
  /** The pace that a person chose. A run that has no use for it goes by steps. */
  #chosen: Pace = "step";
  /** Where the slider rests as long as it is dragged. */
  #held: readonly number[] | null = null;
  readonly #changed: () => void;

  /** `changed` is called when a person chooses another pace. */
  constructor(changed: () => void) {
    this.#changed = changed;
  }

  pace(timeline: Timeline): Pace {
    return paces(timeline, this.followed).has(this.#chosen) ? this.#chosen : "step";
  }

  /** The round that a stop is in, in words; null for none. */
  round(timeline: Timeline, at: number): string | null {
    const round = roundOf(timeline, at);
    return round === null ? null : paceTexts().roundOf(round.number, round.count);
  }

  /** What is counted in place of steps, if one goes by rounds; null for nothing. */
  count(timeline: Timeline, at: number): string | null {
    const round = this.pace(timeline) === "round" ? roundOf(timeline, at) : null;
    return round === null ? null : paceTexts().roundShort(round.number, round.count);
  }

  /** The stop that is so many paces from the stop `at`. */
  by(timeline: Timeline, at: number, by: number): number {
    return gone(restsOf(timeline, this.pace(timeline), at, this.followed), at, by, timeline.end);
  }

  /** The stop that a key leads to from the stop `at`; null if it means nothing here. With Shift: over calls, into and out of them. */
  key(timeline: Timeline, at: number, event: KeyboardEvent, onSlider: boolean): number | null {
    if (event.ctrlKey || event.metaKey || event.altKey) return null;
    // A player has no room for these.
    if (event.shiftKey) return import.meta.env.MODE === "player" ? null : around(timeline, at, event.key);
    const by = (onSlider ? SLIDER_KEYS : KEYS)[event.key];
    return by === undefined ? null : this.by(timeline, at, by);
  }

  /** Where the slider rests when it is dragged from the stop `at` to another. Until it is dropped, the places stay the same. */
  drag(timeline: Timeline, at: number, to: number): number {
    this.#held ??= restsOf(timeline, this.pace(timeline), at, this.followed);
    return nearest(this.#held, to, timeline.end);
  }

  drop(): void {
    this.#held = null;
  }

  /** What a button says that goes forward (1) or back (-1) by the pace; null by steps. */
  button(timeline: Timeline, step: number | null, by: 1 | -1): string | null {
    const pace = this.pace(timeline);
    return pace === "step" ? null : paceTexts().to(paceName(pace, timeline, step, this.followed), by);
  }

  /** The choice of the pace. */
  choice(timeline: Timeline, step: number | null): TemplateResult {
    return paceChoice(
      this.pace(timeline),
      paces(timeline, this.followed),
      (pace) => paceName(pace, timeline, step, this.followed),
      (pace) => {
        this.#chosen = pace;
        this.#changed();
      },
    );
  }
}
