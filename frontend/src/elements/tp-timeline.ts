import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import type { Timeline } from "../timeline/timeline.ts";
import { base, controls } from "../styles/shared.ts";
import { TpElement } from "./base.ts";

import "./tp-text.ts";

/** The timeline of a run: a slider over its steps, and what the present one is. Sends `tp-step` (null: the end). */
@customElement("tp-timeline")
export class TpTimeline extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .bar {
        display: flex;
        gap: 10px;
        align-items: center;
        min-height: 40px;
        padding: 4px 16px;
        border-top: 1px solid var(--line);
        background: var(--card);
      }
      input {
        flex: 1 1 8em;
        min-width: 0;
        accent-color: var(--action);
      }
      .what {
        flex: 1 1 14em;
        min-width: 0;
        overflow: hidden;
        color: var(--muted);
        font-size: 12.5px;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
    `,
  ];

  @property({ attribute: false }) timeline: Timeline | null = null;
  @property({ attribute: false }) step: number | null = null;

  protected override render(): TemplateResult | typeof nothing {
    const { timeline } = this;
    if (timeline === null || timeline.length === 0) return nothing;
    const last = timeline.length - 1;
    const said = this.step === null ? this.t.atEnd : this.t.step(this.step + 1, timeline.length);
    return html`<div class="bar" role="group" aria-label=${this.t.timeline}>
      <input
        type="range"
        min="0"
        max=${last + 1}
        .value=${String(this.step ?? last + 1)}
        aria-label=${this.t.timeline}
        aria-valuetext=${said}
        @input=${(event: Event) => {
          if (!(event.target instanceof HTMLInputElement)) return;
          const place = event.target.valueAsNumber;
          this.emit("tp-step", place > last ? null : place);
        }}
      />
      <span class="what"><tp-text .text=${said}></tp-text></span>
    </div>`;
  }
}
