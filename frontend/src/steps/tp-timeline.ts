import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Values } from "../api/values.ts";
import { deferredOf, isAwaited, missingOf } from "../run/arrived.ts";
import { takesArrows } from "../ui/arrows.ts";
import { isForKeys } from "../ui/keys.ts";
import { controls, base } from "../ui/styles.ts";
import { valuesAt } from "./looks.ts";
import { sentence } from "./sentence.ts";
import { DARK, type Lights } from "../timeline/lights.ts";
import { isOtherRun, type Timeline } from "../timeline/timeline.ts";
import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";
import { parts } from "../ui/parts.ts";
import type { Playing } from "./playing.ts";
import type { Steering } from "./steering.ts";
import { timelineLook } from "./tp-timeline.styles.ts";

import "../ui/tp-prose.ts";

const STEP = (): Promise<unknown> => import("./tp-step.ts");
const STEERING = () => import("./steering.ts");

/**
 * The timeline of a run: a slider over its stops, buttons to go through and to play them by the pace that a person chose, what the
 * present one did in words, and above them its details. Sends `tp-look`, and `tp-step` with a step's index (null: the end). The
 * arrow keys go through the steps wherever on the page they have no other meaning.
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
  /** What was clicked: a tensor among it is followed. */
  @property({ attribute: false }) clicked: Lights = DARK;
  @state() private detailed = matchMedia("(min-width: 1000px)").matches;

  /** Null until it is loaded: until then one goes by steps. */
  @state() private steering: Steering | null = null;
  /** Whether the step was passed on the way, as by dragging: nothing is to be run for it. */
  @state() private passing = false;

  #playing: Playing | null = null;
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
    if (changed.has("timeline") && isOtherRun(changed.get("timeline"), this.timeline)) {
      this.#pause();
      if (this.steering !== null) this.steering.followed = null;
    }
    const [clicked] = this.clicked.tensors;
    if (changed.has("clicked") && clicked !== undefined && this.steering !== null) this.steering.followed = clicked;
    if (changed.has("roomy") && this.roomy) this.detailed = true;
    // Most people never open it; who does waits for it once.
    if (this.detailed && this.step !== null) parts.load(STEP);
    if (this.timeline !== null && this.steering === null)
      parts.load(STEERING, ({ Playing: Plays, Steering: Steers }) => {
        const changed = (): void => {
          this.requestUpdate();
        };
        this.#playing ??= new Plays(() => this.#playOn(), changed);
        this.steering ??= new Steers(changed);
      });
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
    const round = this.steering?.round(timeline, at) ?? null;
    const there = at < number ? this.t.step(at + 1, number) : this.t.atEnd;
    const told = round === null ? there : `${there} · ${round}`;
    const shown = this.detailed && this.step !== null;
    return html`<div class="dock" role="group" aria-label=${this.t.timeline}>
      ${
        shown
          ? html`<tp-step
              class=${this.roomy ? "roomy" : ""}
              .timeline=${timeline}
              .step=${this.step}
              .cells=${this.cells}
              .passing=${this.passing}
            ></tp-step>`
          : nothing
      }
      <div class="bar">
        <div class="buttons">
          ${this.#tool(this.t.firstStep, icons.toFirst, at === 0, () => 0)}
          ${this.#tool(this.#name(timeline, -1), icons.back, at === 0, () => this.#by(-1))}
          ${this.#playing?.button() ?? html`<span class="tool"></span>`}
          ${this.#tool(this.#name(timeline, 1), icons.forward, at === count, () => this.#by(1))}
          ${this.#tool(this.t.lastStep, icons.toLast, at === count, () => count)}
        </div>
        <div class="pace">${this.steering?.choice(timeline, this.step)}</div>
        <div class="track">
          <tp-marks .timeline=${timeline}></tp-marks>
          <input
            type="range"
            min="0"
            max=${count}
            .value=${String(at)}
            aria-label=${this.t.timeline}
            aria-valuetext=${told}
            @keydown=${this.#slide}
            @input=${this.#drag}
            @change=${() => this.steering?.drop()}
          />
        </div>
        <span class="count" title=${told}
          >${this.steering?.count(timeline, at) ?? `${Math.min(at + 1, number)} / ${number}`}</span
        >
        ${this.#playing?.speeds()}
      </div>
      <div class="said">
        <p
          tabindex="0"
          aria-live=${this.#playing?.on === true ? "off" : "polite"}
          aria-atomic="true"
          aria-busy=${this.#values.some(isAwaited) && missingOf(this.#values) === null ? "true" : "false"}
        >
          <tp-prose .text=${said}></tp-prose>
        </p>
        ${this.#details()}
      </div>
    </div>`;
  }

  /** What a button says that goes by the pace. */
  #name(timeline: Timeline, by: 1 | -1): string {
    const name = this.steering?.button(timeline, this.step, by) ?? null;
    return name ?? (by > 0 ? this.t.stepForward : this.t.stepBack);
  }

  #tool(label: string, icon: TemplateResult, disabled: boolean, to: () => number): TemplateResult {
    return html`<button
      type="button"
      class="tool"
      title=${label}
      aria-label=${label}
      ?disabled=${disabled}
      @click=${() => {
        this.#pause();
        this.#go(to());
      }}
    >
      ${icon}
    </button>`;
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

  /** The stop that is so many paces from the present one. */
  #by(by: number): number {
    const { timeline, steering } = this;
    if (timeline === null) return 0;
    const at = timeline.stopOf(this.step);
    return steering?.by(timeline, at, by) ?? Math.min(Math.max(at + by, 0), timeline.end);
  }

  #go(stop: number, passing = false): void {
    const { timeline } = this;
    this.passing = passing;
    if (timeline !== null) this.emit("tp-step", stop >= timeline.end ? null : (timeline.stops[stop]?.last ?? null));
  }

  /** Play what comes next, at the end the first step. Returns whether anything is left then. */
  #playOn(): boolean {
    const end = this.timeline?.end ?? 0;
    const stop = this.timeline?.stopOf(this.step) === end ? 0 : this.#by(1);
    this.#go(stop, true);
    return stop < end;
  }

  #pause(): void {
    this.#playing?.pause();
  }

  readonly #drag = (event: Event): void => {
    const { timeline, steering } = this;
    if (!(event.target instanceof HTMLInputElement) || timeline === null) return;
    this.#pause();
    const to = event.target.valueAsNumber;
    const rest = steering?.drag(timeline, timeline.stopOf(this.step), to) ?? to;
    event.target.value = String(rest);
    this.#go(rest, true);
  };

  /** The slider itself would go by steps, whatever the pace. */
  readonly #slide = (event: KeyboardEvent): void => {
    this.#key(event, true);
  };

  readonly #shortcut = (event: KeyboardEvent): void => {
    if (!event.defaultPrevented && !takesArrows(event.composedPath()) && isForKeys(this, event))
      this.#key(event, false);
  };

  #key(event: KeyboardEvent, onSlider: boolean): void {
    const { timeline } = this;
    if (timeline === null || timeline.length === 0) return;
    const to = this.steering?.key(timeline, timeline.stopOf(this.step), event, onSlider) ?? null;
    if (to === null) return;
    event.preventDefault();
    this.#pause();
    this.#go(to, event.repeat);
  }
}
