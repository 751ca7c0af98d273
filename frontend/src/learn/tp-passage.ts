import { html, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, query } from "lit/decorators.js";

import { finder } from "../glossary/glossary.ts";
import { markTerms } from "../glossary/mark.ts";
import { base } from "../ui/styles.ts";
import { LearnElement } from "./base.ts";
import { placeOf } from "./look-link.ts";
import { lessonPath } from "./route.ts";
import { prose } from "./typography.ts";

import "../derivation/tp-math.ts";

/** A text of a lesson: HTML that the service has made of its source. Sends `tp-place` for links into the results of a program. */
@customElement("tp-passage")
export class TpPassage extends LearnElement {
  static override styles = [base, prose];

  @property() html = "";
  @query(".prose") private body!: HTMLElement;

  protected override render(): TemplateResult {
    return html`<div class="prose" @click=${this.#follow}></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has("html")) return;
    const template = document.createElement("template");
    // The service makes it, with raw HTML of the source left out; the page's policy allows no script in it either.
    template.innerHTML = this.html;
    for (const formula of template.content.querySelectorAll<HTMLElement>(".math")) formula.replaceWith(drawn(formula));
    for (const link of template.content.querySelectorAll<HTMLAnchorElement>("a.lesson"))
      link.href = lessonPath(link.getAttribute("href"), location.search);
    for (const wide of template.content.querySelectorAll<HTMLElement>("pre, table")) wide.tabIndex = 0;
    this.body.replaceChildren(template.content);
    void this.#explain(this.html);
  }

  /** Mark the terms in it, once they are there. */
  async #explain(html: string): Promise<void> {
    const found = await finder();
    if (found !== null && html === this.html) markTerms(this.body, found);
  }

  readonly #follow = (event: Event): void => {
    const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a.look") : null;
    const place = link === null ? null : placeOf(link);
    if (place === null) return;
    event.preventDefault();
    this.emit("tp-place", place);
  };
}

/** Mathematics as KaTeX draws it; its LaTeX is what is read aloud, and what is there without KaTeX. */
function drawn(formula: HTMLElement): HTMLElement {
  const tex = formula.dataset["tex"] ?? formula.textContent;
  const math = document.createElement("tp-math");
  Object.assign(math, { latex: tex, text: tex });
  if (formula.tagName === "DIV") math.classList.add("block");
  return math;
}

declare global {
  interface HTMLElementTagNameMap {
    "tp-passage": TpPassage;
  }
}
