import { css, html, type TemplateResult } from "lit";
import { customElement, property } from "lit/decorators.js";

import { viewpointOf } from "../navigation/viewpoint.ts";
import { notebook } from "../run/notebook.ts";
import { TpElement } from "../ui/base.ts";
import { base } from "../ui/styles.ts";
import { Viewing } from "../viewer/viewing.ts";
import type { Mistake, Parameters } from "./parameters.ts";
import { programAt } from "./program.ts";

import "../graph/tp-graphs.ts";
import "../steps/tp-timeline.ts";

/** A view of a program within another page. */
@customElement("tp-embed")
export class TpEmbed extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        padding: 8px;
      }
    `,
  ];

  @property({ attribute: false }) parameters!: Parameters;
  @property({ attribute: false }) mistakes: readonly Mistake[] = [];

  readonly #viewing = new Viewing(this, () => {
    void this.#run();
  });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#run();
  }

  protected override render(): TemplateResult {
    const { timeline, cells, viewpoint, lit, pinned, progress } = this.#viewing;
    return html`<main>
      <tp-graphs
        .timeline=${timeline}
        .step=${viewpoint.step}
        .shown=${viewpoint.graph}
        .progress=${progress}
        .lit=${lit.nodes}
        .pinned=${pinned.nodes}
      ></tp-graphs>
      <tp-timeline .timeline=${timeline} .cells=${cells} .step=${viewpoint.step}></tp-timeline>
    </main>`;
  }

  async #run(): Promise<void> {
    const found = await programAt(this.parameters.place);
    if (found.kind !== "found") return;
    const { step } = this.parameters;
    this.#viewing.run(notebook(found.state.cells), viewpointOf({ ...found.state, ...(step === null ? {} : { step }) }));
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-embed": TpEmbed;
  }
}
