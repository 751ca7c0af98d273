import { css, html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";

import { type Mathematics, mathematics } from "./mathematics.ts";
import { visible } from "../ui/text/visible.ts";
import { base } from "../ui/styles.ts";
import { TpElement } from "../ui/base.ts";
import { measureForPaper, Paper } from "../ui/paper.ts";

import "../ui/tp-text.ts";

let katex: Mathematics | null = null;

/**
 * A line of mathematics: `latex` as it is printed, `text` for screen readers, and for all until KaTeX is there or if it
 * does not know the LaTeX.
 */
@customElement("tp-math")
export class TpMath extends TpElement {
  static override styles = [
    base,
    css`
      :host {
        display: inline-block;
        max-width: 100%;
        vertical-align: middle;
      }
      [role="math"] {
        display: block;
        /* The last slanted letter leans out of its box. */
        padding: 2px 0.15em 2px 0;
        overflow: auto hidden;
      }
      .plain {
        font: 12.5px/1.5 var(--mono);
        overflow-wrap: anywhere;
      }
      /* KaTeX leaves room for a display; in a line of a list there is none to leave. */
      .drawn {
        font-size: var(--math-size, 14px);
        line-height: 1.9;
      }
      @media print {
        /* KaTeX's part of a line that is never broken, such as a matrix. */
        .katex-base {
          font-size: min(1em, 0.95 * (100cqi - 50px) / var(--ems, 1));
          text-rendering: geometricPrecision;
        }
      }
    `,
  ];

  @property() latex = "";
  @property() text = "";
  @state() private drawn = false;
  @query(".drawn") private readonly host!: HTMLElement;
  readonly #resized = new ResizeObserver(() => {
    this.#reach();
  });

  constructor() {
    super();
    this.addController(
      new Paper(() => {
        this.renderRoot.querySelectorAll<HTMLElement>(".katex-base").forEach(measureForPaper);
      }),
    );
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#resized.observe(this);
    if (katex === null) void this.#load();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#resized.disconnect();
  }

  protected override render(): TemplateResult {
    return html`<span role="math" aria-label=${visible(this.text)}>
      <span class="drawn" aria-hidden="true" title=${visible(this.text)} ?hidden=${!this.drawn}></span>
      ${this.drawn ? null : html`<span class="plain" aria-hidden="true"><tp-text .text=${this.text}></tp-text></span>`}
    </span>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("latex") || !this.hasUpdated) this.#draw();
  }

  async #load(): Promise<void> {
    try {
      katex = await mathematics();
    } catch {
      // Without KaTeX the text says the same.
      return;
    }
    this.#draw();
  }

  #draw(): void {
    const root = this.shadowRoot;
    if (katex === null || root === null || !this.hasUpdated) return;
    const { mathStyle, drawMath } = katex;
    if (!root.adoptedStyleSheets.includes(mathStyle)) root.adoptedStyleSheets = [...root.adoptedStyleSheets, mathStyle];
    this.drawn = drawMath(this.latex, this.host);
    // Who begins to observe is called once the browser has laid out the page, which a look at the sizes here would make it do now.
    this.#resized.unobserve(this);
    this.#resized.observe(this);
  }

  /** What does not fit is scrolled, and what scrolls can have the focus. */
  #reach(): void {
    const math = this.shadowRoot?.querySelector<HTMLElement>("[role=math]");
    if (math === null || math === undefined) return;
    if (math.scrollWidth > math.clientWidth) math.tabIndex = 0;
    else math.removeAttribute("tabindex");
  }
}
