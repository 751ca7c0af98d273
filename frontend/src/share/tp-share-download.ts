import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { RunResponse } from "../api/schema.ts";
import { dotOf, wholeAnswer } from "../run/files.ts";
import { isOutline, type Progress } from "../run/redrawing.ts";
import { jupyter, script } from "./files.ts";
import { base, controls, forms } from "../ui/styles.ts";
import { bitmap } from "../graph/svg/bitmap.ts";
import { download } from "../ui/download.ts";
import { DeskElement } from "./base.ts";

/** The program, its answer and its graph as files. Sends `tp-draw` if the graph has to be drawn first. */
@customElement("tp-share-download")
export class TpShareDownload extends DeskElement {
  static override styles = [
    base,
    controls,
    forms,
    css`
      .title:not(:first-child) {
        margin-top: 18px;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 180px), 1fr));
        gap: 8px;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li button {
        display: flex;
        gap: 10px;
        align-items: center;
        width: 100%;
        min-height: 48px;
        padding: 6px 12px;
        border: 1px solid var(--line);
        border-radius: var(--radius);
        background: var(--panel);
        font-size: 13px;
        line-height: 1.35;
        text-align: left;
        cursor: pointer;
      }
      li button:hover {
        border-color: var(--accent);
      }
      .kind {
        min-width: 46px;
        color: var(--accent);
        font: 650 12.5px/1 var(--mono);
      }
    `,
  ];

  @property({ attribute: false }) cells: readonly string[] = [];
  @property({ attribute: false }) response: RunResponse | null = null;
  @property() graph: string | null = null;
  /** The state of the drawing of that graph; null if it is drawn. */
  @property() progress: Progress | null = null;

  /** Whether a file could not be had. */
  @state() private unsaved = false;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.progress !== null && this.graph !== null)
      this.emit("tp-draw", { graph: this.graph, again: this.progress === "failed" });
  }

  protected override render(): TemplateResult {
    const { response } = this;
    const graph = response?.graphs.find(({ id }) => id === this.graph) ?? response?.graphs.at(-1);
    const name = graph === undefined || graph.root_name === "" ? "graph" : graph.root_name;
    const svg = graph?.svg ?? null;
    return html`<h3 class="title">${this.words.files}</h3>
      <ul>
        ${this.#file(".py", this.words.saveScript, () => {
          download("tensorpad.py", script(this.cells), "text/x-python");
        })}
        ${this.#file(".ipynb", this.words.saveJupyter, () => {
          download("tensorpad.ipynb", jupyter(this.cells), "application/x-ipynb+json");
        })}
      </ul>
      <h3 class="title">${this.words.graphFiles}</h3>
      ${
        graph === undefined || response === null
          ? html`<p class="hint">${response === null ? this.words.downloadNone : this.words.downloadNoGraph}</p>`
          : isOutline(graph)
            ? html`<p class="hint" role="status">${this.t.outline[this.progress ?? "drawing"]}</p>`
            : html`<ul>
                ${
                  svg === null
                    ? nothing
                    : [
                        this.#file(".svg", this.words.saveSvg, () => {
                          download(`${name}.svg`, svg, "image/svg+xml");
                        }),
                        this.#file(".png", this.words.savePng, () => {
                          void bitmap(svg).then((blob) => {
                            download(`${name}.png`, blob, "image/png");
                          });
                        }),
                      ]
                }
                ${this.#file(".dot", this.words.saveDot, () => {
                  void this.#save(`${name}.dot`, "text/vnd.graphviz", () => dotOf(response, graph));
                })}
              </ul>`
      }
      <h3 class="title">${this.words.answerFiles}</h3>
      ${
        response === null
          ? html`<p class="hint">${this.words.downloadNone}</p>`
          : html`<ul>
              ${this.#file(".json", this.words.saveAnswer, () => {
                void this.#save("tensorpad.json", "application/json", () => wholeAnswer(response));
              })}
            </ul>`
      }
      ${this.unsaved ? html`<p class="hint" role="alert">${this.t.notSaved}</p>` : nothing}`;
  }

  async #save(name: string, type: string, content: () => Promise<string>): Promise<void> {
    try {
      download(name, await content(), type);
      this.unsaved = false;
    } catch {
      this.unsaved = true;
    }
  }

  #file(kind: string, about: string, act: () => void): TemplateResult {
    return html`<li>
      <button type="button" @click=${act}><span class="kind">${kind}</span> <span>${about}</span></button>
    </li>`;
  }
}
