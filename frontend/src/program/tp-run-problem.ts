import { css, html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { Fault } from "../api/faults.ts";
import type { ProblemDetails, RunResponse } from "../api/schema.ts";
import type { Session } from "../run/session.ts";
import { base, controls } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";

import "../ui/tp-text.ts";

/** What a notice says. */
interface NoticeText {
  readonly tone: "bad" | "calm";
  readonly title: string;
  readonly text: string;
  readonly more: readonly string[];
}

type Ended = Exclude<RunResponse["status"], "ok" | "error">;

/** Why a run has no answer, or why its program did not end by itself. Sends `tp-run` to try again. */
@customElement("tp-run-problem")
export class TpRunProblem extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      .notice {
        margin-bottom: 10px;
        padding: 9px 14px 10px;
        border: 1px solid var(--bad-line);
        border-radius: var(--radius);
        background: var(--bad-ground);
      }
      .notice.calm {
        border-color: var(--line-strong);
        background: var(--panel);
      }
      .title {
        color: var(--bad-ink);
        font-weight: 700;
      }
      .calm .title {
        color: var(--ink);
      }
      .text {
        overflow-wrap: anywhere;
      }
      .more {
        color: var(--soft);
        font-size: 12.5px;
      }
      .link {
        margin-top: 4px;
      }
      .link:disabled {
        color: var(--muted);
        text-decoration: none;
        cursor: default;
      }
    `,
  ];

  @property({ attribute: false }) session: Session = { kind: "idle" };
  @state() private now = Date.now();
  #timer: ReturnType<typeof setInterval> | undefined;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("session")) return;
    clearInterval(this.#timer);
    if (this.session.kind !== "failed" || this.session.fault.kind !== "overloaded") return;
    const { retryAt } = this.session.fault;
    this.now = Date.now();
    this.#timer = setInterval(() => {
      this.now = Date.now();
      if (this.now >= retryAt) clearInterval(this.#timer);
    }, 250);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override render(): TemplateResult | typeof nothing {
    const words = this.#words();
    if (words === null) return nothing;
    return html`<div class="notice ${words.tone}" role="alert">
      <p class="title">${words.title}</p>
      ${words.text === "" ? nothing : html`<p class="text"><tp-text .text=${words.text}></tp-text></p>`}
      ${words.more.map((line) => html`<p class="more"><tp-text .text=${line}></tp-text></p>`)}
      ${this.session.kind === "failed" ? this.#again(this.session.fault) : nothing}
    </div>`;
  }

  #again(fault: Fault): TemplateResult {
    return html`<button
      type="button"
      class="link"
      ?disabled=${this.#left(fault) > 0}
      @click=${() => {
        this.emit("tp-run");
      }}
    >
      ${this.t.runAgain}
    </button>`;
  }

  #left(fault: Fault): number {
    return fault.kind === "overloaded" ? Math.max(0, Math.ceil((fault.retryAt - this.now) / 1000)) : 0;
  }

  #words(): NoticeText | null {
    switch (this.session.kind) {
      case "idle":
      case "running":
        return null;
      case "done": {
        const { status, message, cells } = this.session.answer.response;
        if (status === "ok" || status === "error") return null;
        // The cell that it ended says it where it happened.
        const said = cells.some(({ error }) => error !== null && error.message === message);
        return this.#ended(status, said ? "" : (message ?? ""));
      }
      case "failed": {
        const words = this.#fault(this.session.fault);
        if (this.session.previous === null) return words;
        return { ...words, more: [...words.more, this.t.showingPrevious] };
      }
    }
  }

  #ended(status: Ended, message: string): NoticeText {
    return { tone: "bad", title: this.t.ended[status], text: message, more: [this.t.partial] };
  }

  #fault(fault: Fault): NoticeText {
    switch (fault.kind) {
      case "unreachable": {
        const title = navigator.onLine ? this.t.unreachable : this.t.offline;
        return { tone: "bad", title, text: this.t.unreachableHelp, more: [] };
      }
      case "overloaded": {
        const left = this.#left(fault);
        const title = fault.problem.status === 429 ? this.t.rateLimited : this.t.overloaded;
        const when = left > 0 ? this.t.tryAgainIn(left) : this.t.tryAgainNow;
        return { tone: "bad", title, text: when, more: [fault.problem.detail] };
      }
      case "refused":
        return { tone: "bad", title: this.t.refused, text: fault.problem.detail, more: details(fault.problem) };
      case "broken": {
        const { problem } = fault;
        const more = problem === null || problem.request_id === "" ? [] : [this.t.requestId(problem.request_id)];
        return { tone: "bad", title: this.t.broken, text: problem?.detail ?? "", more: [this.t.brokenHelp, ...more] };
      }
      case "cut":
        return { tone: "bad", title: this.t.cut, text: this.t.cutHelp, more: [] };
      case "cancelled":
        return { tone: "calm", title: this.t.cancelled, text: this.t.cancelledHelp, more: [] };
      case "unrecorded":
        return { tone: "calm", title: this.t.unrecorded, text: "", more: [] };
    }
  }
}

/** What a problem says of single fields beyond its detail. */
function details(problem: ProblemDetails): string[] {
  return problem.errors
    .map((error) => error["detail"])
    .filter((detail) => typeof detail === "string")
    .filter((detail) => detail !== problem.detail);
}
