import { css, html, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { Reporter, type Wish } from "../framed/messages.ts";
import { listen, tell, tellHeight } from "../framed/parent.ts";
import { locale } from "../i18n/index.ts";
import { START } from "../navigation/viewpoint.ts";
import { notebook } from "../run/notebook.ts";
import type { Answer } from "../run/session.ts";
import { viewAddress } from "../share/embed.ts";
import { themes } from "../theme.ts";
import { TpElement } from "../ui/base.ts";
import type { Sent } from "../ui/events.ts";
import { base } from "../ui/styles.ts";
import type { TpViewer } from "../viewer/tp-viewer.ts";
import type { Options } from "./options.ts";
import type { Recording, Trouble } from "./reading.ts";

import "../ui/tp-prose.ts";
import "../viewer/tp-viewer.ts";

/** A recorded run, or why it cannot be played. */
@customElement("tp-player")
export class TpPlayer extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        overflow: clip;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--ground);
      }
      @media print {
        :host {
          border: 0;
        }
      }
      .trouble {
        padding: 18px 16px;
        overflow-wrap: anywhere;
      }
    `,
  ];

  @property({ attribute: false }) recording: Recording | Trouble | null = null;
  @property({ attribute: false }) options!: Options;
  /** Where the program can be changed and run; null if nowhere. */
  @state() private live: string | null = null;
  /** Whether drawing the recording failed. */
  @state() private broken = false;
  @query("tp-viewer") private viewer!: TpViewer | null;

  readonly #reporter = new Reporter();
  #answer: Answer | null = null;
  #sayHeight: () => void = () => undefined;
  #connected = new AbortController();

  override connectedCallback(): void {
    super.connectedCallback();
    this.#connected = new AbortController();
    const { signal } = this.#connected;
    listen(this.#wish, signal);
    this.#sayHeight = tellHeight(this, signal);
    // What has the right shape may still contradict itself; then some view throws.
    for (const event of ["error", "unhandledrejection"] as const)
      window.addEventListener(event, this.#break, { signal });
    const { recording } = this;
    if (recording === null) return;
    if ("kind" in recording) {
      tell({ type: "error", detail: { type: recording.kind, message: this.#said(recording) } });
      return;
    }
    const { cells } = recording.program;
    const titles = recording.answer.cells.map(({ title }) => title);
    this.#answer = { cells: notebook(cells, titles), response: recording.answer };
    const { server, view } = this.options;
    if (server !== null)
      void viewAddress(server, { cells }, { view, mode: "edit", lang: locale.lang }).then((address) => {
        this.live = address;
      });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#connected.abort();
  }

  protected override render(): TemplateResult {
    const { view, step, setup, controls } = this.options;
    return html`<main>
      <h1 class="unseen">Tensorpad: ${this.t.viewer.title}</h1>
      ${
        this.broken
          ? this.#trouble(this.t.player.contradicts)
          : this.recording !== null && "kind" in this.recording
            ? this.#trouble(this.#said(this.recording))
            : html`<tp-viewer
                .program=${this.#answer?.cells.map(({ code }) => code) ?? []}
                .answer=${this.#answer}
                .view=${view}
                .start=${{ ...START, step }}
                .setup=${setup === 0 ? null : setup}
                .controls=${controls}
                .live=${this.live}
                @tp-viewed=${this.#viewed}
              ></tp-viewer>`
      }
    </main>`;
  }

  #trouble(text: string): TemplateResult {
    return html`<div class="trouble" role="alert"><tp-prose .text=${text}></tp-prose></div>`;
  }

  #said(trouble: Trouble): string {
    const words = this.t.player;
    switch (trouble.kind) {
      case "none":
        return words.none;
      case "newer":
        return words.newer(trouble.version);
      case "large":
        return words.large(trouble.most >> 20);
      case "damaged":
        return words.damaged(trouble.where);
    }
  }

  readonly #break = (event: Event): void => {
    // A browser also reports what no script threw, such as a layout that takes another turn.
    const thrown: unknown = event instanceof ErrorEvent ? event.error : event;
    if (thrown === null || thrown === undefined) return;
    // It is said on the page.
    event.preventDefault();
    if (this.broken) return;
    this.broken = true;
    tell({ type: "error", detail: { type: "damaged", message: this.t.player.contradicts } });
  };

  readonly #viewed = ({ detail }: Sent<"tp-viewed">): void => {
    const { of } = this.options;
    if (detail.kind === "ran" && of !== null) this.viewer?.lookFor(of);
    const activity = { id: this.live ?? location.href, name: this.t.viewer.title, lang: locale.lang };
    for (const message of this.#reporter.of(detail, activity)) tell(message);
  };

  readonly #wish = (wish: Wish): void => {
    switch (wish.kind) {
      case "goto":
        this.viewer?.goTo(wish.step);
        return;
      case "view":
        if (this.viewer !== null) this.viewer.view = wish.view;
        return;
      case "of":
        this.viewer?.lookFor(wish.of);
        return;
      case "theme":
        themes.use(wish.theme);
        return;
      case "lang":
        locale.set(wish.lang);
        return;
      case "height":
        this.#sayHeight();
        return;
      case "run":
      case "stop":
        return;
    }
  };
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-player": TpPlayer;
  }
}
