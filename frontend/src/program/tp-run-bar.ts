import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { RunTiming } from "../api/schema.ts";
import { called } from "../run/notebook.ts";
import { chord } from "../platform.ts";
import { DEBOUNCE_MS } from "../run/live.ts";
import type { Session } from "../run/session.ts";
import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import * as icons from "../ui/icons.ts";

import "./tp-keyboard-help.ts";

/** Starts and ends runs, and shows how they go. Sends `tp-run`, `tp-cancel`, and `tp-live` with whether to run as one types. */
@customElement("tp-run-bar")
export class TpRunBar extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .bar {
        display: flex;
        gap: 10px;
        align-items: center;
        min-height: 48px;
      }
      .main {
        display: inline-flex;
        gap: 6px;
        align-items: center;
        height: 32px;
        padding: 0 14px 0 11px;
        border: 1px solid transparent;
        border-radius: 8px;
        background: var(--action);
        color: var(--action-ink);
        font-weight: 600;
        white-space: nowrap;
        cursor: pointer;
      }
      .main:hover {
        background: var(--action-hover);
      }
      .main.cancel {
        border-color: var(--bad-line);
        background: var(--card);
        color: var(--bad-ink);
      }
      kbd {
        padding: 0 5px;
        border: 1px solid var(--line-strong);
        border-radius: 4px;
        color: var(--muted);
        font: 11px/17px var(--sans);
        white-space: nowrap;
      }
      .live {
        display: inline-flex;
        gap: 6px;
        align-items: center;
        height: 32px;
        padding: 0 8px 0 4px;
        border: 0;
        border-radius: 8px;
        background: none;
        color: var(--soft);
        font-weight: 600;
        white-space: nowrap;
        cursor: pointer;
      }
      .live:hover {
        background: var(--operation-ground);
      }
      .track {
        display: inline-block;
        width: 28px;
        height: 16px;
        padding: 2px;
        border: 1px solid var(--muted);
        border-radius: 9px;
        background: var(--card);
      }
      .track::before {
        display: block;
        width: 10px;
        height: 10px;
        border-radius: 50%;
        background: var(--muted);
        content: "";
        transition: transform 0.12s;
      }
      [aria-checked="true"] .track {
        border-color: var(--action);
        background: var(--action);
      }
      [aria-checked="true"] .track::before {
        background: var(--action-ink);
        transform: translateX(12px);
      }
      tp-keyboard-help {
        margin-left: auto;
      }
      /* One line: the parts that have no room in it are left out. */
      .state {
        min-width: 0;
        max-height: 1.5em;
        overflow: hidden;
        line-height: 1.5;
        color: var(--muted);
        font-size: 12.5px;
        font-variant-numeric: tabular-nums;
      }
      .state b {
        color: var(--ink);
        font-weight: 600;
      }
      .state b,
      .part {
        white-space: nowrap;
      }
      .spin {
        display: inline-block;
        width: 11px;
        height: 11px;
        margin-right: 4px;
        border: 2px solid var(--line-strong);
        border-top-color: var(--accent);
        border-radius: 50%;
        animation: turn 0.8s linear infinite;
        vertical-align: -1px;
      }
      @keyframes turn {
        to {
          transform: rotate(1turn);
        }
      }
      :host {
        container-type: inline-size;
      }
      @container (max-width: 560px) {
        kbd {
          display: none;
        }
      }
      @container (max-width: 430px) {
        .part {
          display: none;
        }
        .state {
          max-height: none;
        }
        .state b {
          white-space: normal;
        }
      }
      @container (max-width: 340px) {
        .state {
          display: none;
        }
      }
      @media (pointer: coarse) {
        kbd {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) session: Session = { kind: "idle" };
  @property({ type: Boolean }) live = false;
  /** Whether questions about the run are left: how it ended is not said. */
  @property({ type: Boolean }) asks = false;
  @state() private elapsed = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("session")) return;
    clearInterval(this.#timer);
    if (this.session.kind === "running") {
      const { startedAt } = this.session;
      this.elapsed = performance.now() - startedAt;
      this.#timer = setInterval(() => {
        this.elapsed = performance.now() - startedAt;
      }, 100);
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult {
    const running = this.session.kind === "running";
    return html`<div class="bar">
      <button
        type="button"
        class="main ${running ? "cancel" : ""}"
        title=${running ? this.t.cancel : this.t.runAll}
        @click=${() => {
          this.emit(running ? "tp-cancel" : "tp-run");
        }}
      >
        ${running ? icons.stop : icons.play} ${running ? this.t.cancel : this.t.run}
      </button>
      ${running ? nothing : html`<kbd>${chord("Mod-Enter")}</kbd>`}
      <button
        type="button"
        class="live"
        role="switch"
        aria-checked=${this.live ? "true" : "false"}
        title=${this.t.liveAbout(DEBOUNCE_MS)}
        @click=${() => {
          this.emit("tp-live", !this.live);
        }}
      >
        <span class="track"></span>${this.t.live}
      </button>
      <span class="state">${this.#state()}</span>
      <tp-keyboard-help></tp-keyboard-help>
    </div>`;
  }

  #state(): TemplateResult | string | typeof nothing {
    if (this.asks && this.session.kind !== "running") return nothing;
    switch (this.session.kind) {
      case "idle":
        return this.t.neverRun;
      case "running":
        return html`<span class="spin"></span>${this.#phase(this.session)} · ${(this.elapsed / 1000).toFixed(1)} s`;
      case "done": {
        const { again, response } = this.session.answer;
        const { status, timing } = response;
        const total = milliseconds(timing.total_ms);
        if (again === true) return html`<b>${this.t.ranAgainIn(total)}</b> ${this.t.ranAgainWhy}`;
        return html`<b>${status === "ok" ? this.t.ranIn(total) : this.t.failedIn(total)}</b> ${this.#timing(timing)}`;
      }
      case "failed":
        return nothing;
    }
  }

  #phase({ phase, cells }: Extract<Session, { kind: "running" }>): string {
    switch (phase.kind) {
      case "sent":
        return this.t.sending;
      case "queued":
        return this.t.waiting(phase.ahead);
      case "executing":
        return this.t.runningCell(called(cells, phase.cell, this.t));
    }
  }

  #timing({ queued_ms, run_ms, render_ms }: RunTiming): TemplateResult {
    const { timingQueued, timingRun, timingDraw } = this.t;
    const parts = [
      [timingQueued, queued_ms],
      [timingRun, run_ms],
      [timingDraw, render_ms],
    ] as const;
    // What took no time to speak of is not spoken of.
    const told = parts.filter(([, ms]) => ms >= 0.5);
    return html`${told.map(([word, ms]) => html`<span class="part">· ${word} ${milliseconds(ms)}</span> `)}`;
  }
}

/** A duration for people: two significant digits below ten, tenths of a second above one. */
function milliseconds(ms: number): string {
  if (ms >= 1000) return `${(ms / 1000).toFixed(1)} s`;
  return `${ms < 9.95 ? ms.toFixed(1) : Math.round(ms)} ms`;
}
