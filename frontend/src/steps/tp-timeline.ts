import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Values } from "../api/values.ts";
import { deferredOf, isAwaited, missingOf } from "../run/arrived.ts";
import { takesArrows } from "../ui/arrows.ts";
import { isForKeys } from "../ui/keys.ts";
import { controls, base } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import { valuesAt } from "./looks.ts";
import { sentence } from "./sentence.ts";
import { isOtherRun, type Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";
import { parts } from "../ui/parts.ts";
import { timelineLook } from "./tp-timeline.styles.ts";

import "../ui/tp-prose.ts";

/** How long a step stays when they are played at speed 1. */
const STEP_MS = 1200;
const STEP = (): Promise<unknown> => import("./tp-step.ts");
const SPEEDS = [0.5, 1, 2, 4, 8] as const;

/**
 * The timeline of a run: a slider over its stops, buttons to go through and to play them, what the present one did in words,
 * and above them its details. Sends `tp-look`, and `tp-step` with a step's index (null: the end). The arrow keys go through the steps
 * wherever on the page they have no other meaning.
 */
@customElement("tp-timeline")
export class TpTimeline extends TpElement {
  static override styles = [base, controls, timelineLook];

  @property({ attribute: false }) timeline: Timeline | null = null;
  @property({ attribute: false }) step: number | null = null;
  /** The source of the program that the timeline is of. */
  @property({ attribute: false }) cells: readonly string[] = [];
  /** Whether the details of the step are what a person was led to: they are open, with the room that they need. */
  @property({ type: Boolean }) roomy = false;
  @state() private speed = 1;
  @state() private playing = false;
  @state() private detailed = matchMedia("(min-width: 1000px)").matches;

  #next: ReturnType<typeof setTimeout> | undefined;
  /** The values that the present stop is about. */
  #values: readonly Values[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("keydown", this.#shortcut);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("keydown", this.#shortcut);
    this.#pause();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("timeline") && isOtherRun(changed.get("timeline"), this.timeline)) this.#pause();
    if (changed.has("roomy") && this.roomy) this.detailed = true;
    // Most people never open it; who does waits for it once.
    if (this.detailed && this.step !== null) parts.load(STEP);
  }

  protected override updated(): void {
    const looked = deferredOf(this.#values);
    if (looked.length > 0) this.emit("tp-look", looked);
  }

  protected override render(): TemplateResult | typeof nothing {
    const { timeline } = this;
    if (timeline === null || timeline.length === 0) return nothing;
    this.#values = valuesAt(timeline, this.step);
    const count = timeline.end;
    const number = timeline.stops.length;
    const at = timeline.stopOf(this.step);
    const said = sentence(timeline, this.step, this.t.said, this.cells);
    const told = at < number ? this.t.step(at + 1, number) : this.t.atEnd;
    const shown = this.detailed && this.step !== null;
    return html`<div class="dock" role="group" aria-label=${this.t.timeline}>
      ${
        shown
          ? html`<tp-step
              class=${this.roomy ? "roomy" : ""}
              .timeline=${timeline}
              .step=${this.step}
              .cells=${this.cells}
            ></tp-step>`
          : nothing
      }
      <div class="bar">
        <div class="buttons">
          ${this.#tool(this.t.firstStep, icons.toFirst, at === 0, 0)}
          ${this.#tool(this.t.stepBack, icons.back, at === 0, at - 1)} ${this.#player(at, count)}
          ${this.#tool(this.t.stepForward, icons.forward, at === count, at + 1)}
          ${this.#tool(this.t.lastStep, icons.toLast, at === count, count)}
        </div>
        <div class="track">
          <div class="passes" aria-hidden="true">${this.#passes(timeline)}</div>
          <input
            type="range"
            min="0"
            max=${count}
            .value=${String(at)}
            aria-label=${this.t.timeline}
            aria-valuetext=${told}
            @input=${(event: Event) => {
              if (!(event.target instanceof HTMLInputElement)) return;
              this.#pause();
              this.#go(event.target.valueAsNumber);
            }}
          />
        </div>
        <span class="count" title=${told}>${Math.min(at + 1, number)} / ${number}</span>
        ${this.#speeds()}
      </div>
      <div class="said">
        <p
          tabindex="0"
          aria-live=${this.playing ? "off" : "polite"}
          aria-atomic="true"
          aria-busy=${this.#values.some(isAwaited) && missingOf(this.#values) === null ? "true" : "false"}
        >
          <tp-prose .text=${said}></tp-prose>
        </p>
        ${this.#details()}
      </div>
    </div>`;
  }

  /** Marks of the backward passes, under the slider. */
  #passes(timeline: Timeline): TemplateResult[] {
    const share = (stop: number): number => (100 * stop) / Math.max(1, timeline.end);
    return timeline.passes
      .filter(({ pass }) => pass.within === null)
      .map(({ pass, first, last }) => {
        const [from, to] = [timeline.stopOf(first), timeline.stopOf(last)];
        const name = this.t.passMark(visible(pass.roots[0]?.name ?? pass.id));
        return html`<span style="left: ${share(from)}%; width: ${share(to - from)}%" title=${name}></span>`;
      });
  }

  #tool(label: string, icon: TemplateResult, disabled: boolean, to: number): TemplateResult {
    return html`<button
      type="button"
      class="tool"
      title=${label}
      aria-label=${label}
      ?disabled=${disabled}
      @click=${() => {
        this.#pause();
        this.#go(to);
      }}
    >
      ${icon}
    </button>`;
  }

  #player(at: number, count: number): TemplateResult {
    const label = this.playing ? this.t.pause : this.t.play;
    return html`<button
      type="button"
      class="tool play"
      title=${label}
      aria-label=${label}
      @click=${() => {
        if (this.playing) this.#pause();
        else this.#play(at === count ? 0 : at + 1);
      }}
    >
      ${this.playing ? icons.pause : icons.play}
    </button>`;
  }

  #speeds(): TemplateResult {
    return html`<select
      aria-label=${this.t.speed}
      title=${this.t.speed}
      @change=${(event: Event) => {
        if (event.target instanceof HTMLSelectElement) this.speed = SPEEDS[event.target.selectedIndex] ?? 1;
      }}
    >
      ${SPEEDS.map((speed) => html`<option ?selected=${speed === this.speed}>${this.t.times(speed)}</option>`)}
    </select>`;
  }

  #details(): TemplateResult {
    const label = this.detailed ? this.t.hideDetails : this.t.showDetails;
    return html`<button
      type="button"
      class="tool"
      title=${label}
      aria-label=${label}
      aria-expanded=${this.detailed ? "true" : "false"}
      @click=${() => {
        this.detailed = !this.detailed;
      }}
    >
      ${icons.panel}
    </button>`;
  }

  #go(stop: number): void {
    const { timeline } = this;
    if (timeline !== null) this.emit("tp-step", stop >= timeline.end ? null : (timeline.stops[stop]?.last ?? null));
  }

  #play(stop: number): void {
    this.playing = true;
    this.#go(stop);
    if (stop >= (this.timeline?.end ?? 0)) {
      this.#pause();
      return;
    }
    this.#next = setTimeout(() => {
      this.#play((this.timeline?.stopOf(this.step) ?? 0) + 1);
    }, STEP_MS / this.speed);
  }

  #pause(): void {
    clearTimeout(this.#next);
    this.playing = false;
  }

  readonly #shortcut = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (by === undefined || event.defaultPrevented || this.timeline === null || this.timeline.length === 0) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || takesArrows(event.composedPath())) return;
    if (!isForKeys(this, event)) return;
    event.preventDefault();
    this.#pause();
    const at = this.timeline.stopOf(this.step);
    this.#go(Math.min(Math.max(at + by, 0), this.timeline.end));
  };
}
