import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { type Asking, NOTHING_ASKED, veils } from "../gates/asking.ts";
import { DARK, type Lights } from "../timeline/lights.ts";
import type { Progress, Refusal } from "../run/redrawing.ts";
import { base } from "../ui/styles.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { isView, START, type ViewName, type Viewpoint, VIEWS } from "../navigation/viewpoint.ts";
import { TpElement } from "../ui/base.ts";
import { parts } from "../ui/parts.ts";
import type { Sent } from "../ui/events.ts";
import { resultView, type Shown } from "./result-view.ts";
import { layout } from "./tp-results.styles.ts";

// The page opens on these two.
import "../graph/tp-graphs.ts";
import "../values/tp-variables.ts";
import "../steps/tp-timeline.ts";
import "../ui/tp-tabs.ts";

const GATES = (): Promise<unknown> => import("../gates/tp-gates.ts");

/** Whether the values are beside the other views; the style (tp-results.styles.ts) changes at the same width. */
const WIDE = matchMedia("print, (min-width: 1280px)");

/** What a run did: its views, and the timeline that they follow. Sends `tp-view` with the view to show, and what is within it sends. */
@customElement("tp-results")
export class TpResults extends TpElement implements Shown {
  static override styles = [base, layout];

  @property({ attribute: false }) timeline: Timeline | null = null;
  /** The sources that the timeline is of. */
  @property({ attribute: false }) cells: readonly string[] = [];
  @property({ attribute: false }) viewpoint: Viewpoint = START;
  /** What lights up; `pinned` is that of it which is to be brought into view, `clicked` that which a person clicked. */
  @property({ attribute: false }) lit: Lights = DARK;
  @property({ attribute: false }) pinned: Lights = DARK;
  @property({ attribute: false }) clicked: Lights = DARK;
  /** The state of the drawing of the graph that is shown; null if it is drawn. */
  @property() progress: Progress | null = null;
  /** Why that graph was not folded as a person asked; null if it was. */
  @property() refusal: Refusal | null = null;
  /** How far the person is with the gates of the answer: as long as one is asked, there is no result to be seen. */
  @property({ attribute: false }) asking: Asking = NOTHING_ASKED;
  /** Whether another answer is on its way. */
  @property({ type: Boolean }) busy = false;

  @state() private wide = WIDE.matches;
  @query("#results") private section!: HTMLElement;

  readonly #widened = (): void => {
    this.wide = WIDE.matches;
  };

  override connectedCallback(): void {
    super.connectedCallback();
    WIDE.addEventListener("change", this.#widened);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    WIDE.removeEventListener("change", this.#widened);
  }

  override focus(): void {
    this.section.focus();
  }

  /** What a tour points at. */
  anchor(name: "views" | "values" | "timeline"): Element | null {
    const selectors = { views: ".views", values: this.wide ? ".beside" : ".views", timeline: "tp-timeline" };
    return this.renderRoot.querySelector(selectors[name]);
  }

  protected override render(): TemplateResult {
    const views = VIEWS.filter((name) => name !== "values" || !this.wide);
    const shown = views.includes(this.viewpoint.view) ? this.viewpoint.view : this.#instead;
    return html`<section
      id="results"
      class="results"
      tabindex="-1"
      aria-label=${this.t.result}
      aria-busy=${this.busy ? "true" : "false"}
    >
      <div class="views">
        ${this.#gates()}
        <tp-tabs
          ?hidden=${veils(this.asking)}
          .tabs=${views.map((id) => ({ id, text: this.t.views[id] }))}
          .shown=${shown}
          .label=${this.t.viewsLabel}
          @tp-tab=${(event: Sent<"tp-tab">) => {
            event.stopPropagation();
            if (isView(event.detail)) this.emit("tp-view", event.detail);
          }}
        ></tp-tabs>
        <div id="panel" class="panel" ?hidden=${veils(this.asking)} role="tabpanel" aria-label=${this.t.views[shown]}>
          ${resultView(shown, this)}
        </div>
      </div>
      ${this.wide && !veils(this.asking) ? html`<div class="beside">${resultView("values", this)}</div>` : nothing}
      <tp-timeline
        .timeline=${this.timeline}
        .cells=${this.cells}
        .step=${this.viewpoint.step}
        .clicked=${this.clicked}
      ></tp-timeline>
    </section>`;
  }

  /** What there is to see where the values have a column of their own: the graph, and of a program without autograd the memory. */
  get #instead(): ViewName {
    const { graphs = [], tensors = [] } = this.timeline?.response ?? {};
    return graphs.length === 0 && tensors.length > 0 ? "memory" : START.view;
  }

  /** What the program asks. Most ask nothing. */
  #gates(): TemplateResult | typeof nothing {
    if (this.asking.gates.length === 0) return nothing;
    parts.load(GATES);
    return html`<tp-gates .asking=${this.asking}></tp-gates>`;
  }
}
