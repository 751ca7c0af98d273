import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { CardsBlock } from "../api/schema.ts";
import { base, controls } from "../ui/styles.ts";
import { type Control } from "../viewer/views.ts";
import { LearnElement } from "./base.ts";
import { TpViewer } from "../viewer/tp-viewer.ts";

import "../viewer/tp-viewer.ts";
import "./tp-passage.ts";

const CONTROLS: ReadonlySet<Control> = new Set(["views"]);

/** A table in which each row is a program that can be run. */
@customElement("tp-cards")
export class TpCards extends LearnElement {
  static override styles = [
    base,
    controls,
    css`
      .about {
        margin-bottom: 8px;
        color: var(--muted);
        font-size: 13px;
      }
      ul {
        display: grid;
        gap: 6px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      li {
        overflow: clip;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--card);
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 22em) minmax(0, 1fr) auto;
        gap: 4px 18px;
        align-items: baseline;
        padding: 9px 14px;
      }
      code {
        font-size: 13.5px;
        overflow-wrap: anywhere;
      }
      tp-passage {
        --text-size: 15.5px;
      }
      .link {
        font: inherit;
      }
      tp-viewer {
        border-top: 1px solid var(--line);
      }
      @media (max-width: 700px) {
        .row {
          grid-template-columns: minmax(0, 1fr) auto;
        }
        .words {
          grid-row: 2;
          grid-column: 1 / -1;
        }
      }
      @media print {
        .about,
        button {
          display: none;
        }
      }
    `,
  ];

  @property({ attribute: false }) block!: CardsBlock;
  @state() private open: ReadonlySet<number> = new Set();

  protected override render(): TemplateResult {
    return html`<p class="about">${this.words.cards}</p>
      <ul>
        ${this.block.rows.map((row, at) => {
          const open = this.open.has(at);
          return html`<li>
            <div class="row">
              <code>${row.code}</code>
              <div class="words">
                ${row.cells.slice(1).map((cell) => html`<tp-passage .html=${cell}></tp-passage>`)}
              </div>
              <button
                type="button"
                class="link"
                aria-expanded=${open ? "true" : "false"}
                aria-label="${open ? this.words.hideIt : this.words.tryIt}: ${row.code}"
                @click=${() => {
                  this.#turn(at);
                }}
              >
                ${open ? this.words.hideIt : this.words.tryIt}
              </button>
            </div>
            ${open ? html`<tp-viewer .program=${programOf(this.block, row.code)} .titles=${[this.words.rowNamed]} .controls=${CONTROLS} .view=${"values"}></tp-viewer>` : nothing}
          </li>`;
        })}
      </ul>`;
  }

  protected override updated(): void {
    for (const viewer of this.renderRoot.querySelectorAll("tp-viewer:not([data-run])")) {
      viewer.toggleAttribute("data-run", true);
      if (viewer instanceof TpViewer)
        void viewer.updateComplete.then(() => {
          viewer.run();
        });
    }
  }

  #turn(at: number): void {
    const open = new Set(this.open);
    if (!open.delete(at)) open.add(at);
    this.open = open;
  }
}

const PROGRAMS = new WeakMap<CardsBlock, Map<string, readonly string[]>>();

/** The program of a row: the same list each time, so that nothing is run anew. */
function programOf(block: CardsBlock, code: string): readonly string[] {
  const known = PROGRAMS.get(block) ?? new Map<string, readonly string[]>();
  PROGRAMS.set(block, known);
  const setup = block.setup.trim() === "" ? "import torch" : block.setup.trim();
  const program = known.get(code) ?? [`${setup}\n${code}`];
  known.set(code, program);
  return program;
}
