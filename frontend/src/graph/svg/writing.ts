/** Writes other texts on the cards of a picture: names and numbers of the step that is shown. The layout stays. */

/** What a card says. `title` null: what is printed on it; rows null: it has no such panel, or nothing in it yet. */
export interface CardText {
  readonly title: string | null;
  readonly value: readonly string[] | null;
  readonly gradient: readonly string[] | null;
}

const SVG = "http://www.w3.org/2000/svg";
const [PADDING, PANEL_PADDING, LINE, BADGE_GAP] = [12, 9, 16, 16];
/** The widths of a character of a title and of a number, in the font sizes of the service. */
const [TITLE_EM, NUMBER_EM] = [8.6, 7.3];
const SPACE = "\u00a0";

/** What is printed on the cards of one picture. */
export class CardWriting {
  readonly #printed = new Map<Element, readonly Node[]>();

  /** Write these texts on the drawings of a node; null: what was printed. */
  write(node: SVGGElement, text: CardText | null): void {
    const figure = [...node.children].find((child) => child instanceof SVGGElement);
    // A reference to a node far away has only the title of that.
    if (figure === undefined || node.classList.contains("reference")) return;
    const title = [...figure.children].find((child) => child instanceof SVGTextElement);
    if (title !== undefined) this.#title(figure, title, text?.title ?? null);
    for (const kind of ["value", "gradient"] as const) {
      const panel = figure.querySelector<SVGGElement>(`:scope > g.${kind}`);
      if (panel !== null) this.#panel(panel, text === null ? null : (text[kind] ?? []));
    }
  }

  #title(figure: Element, title: SVGTextElement, text: string | null): void {
    this.#put(title, text === null ? null : [document.createTextNode(text)]);
    const badge = figure.querySelector(":scope > rect[rx='9'][height='18']");
    const end =
      badge === null ? numberOf(figure.firstElementChild, "width") : numberOf(badge, "x") - BADGE_GAP + PADDING;
    fit(title, text ?? "", TITLE_EM, end - 2 * PADDING);
  }

  /** The heading is the first text of a panel, the numbers are the second. */
  #panel(panel: SVGGElement, rows: readonly string[] | null): void {
    const numbers = panel.querySelector<SVGTextElement>(":scope > text:last-of-type");
    const x = numbers?.firstElementChild?.getAttribute("x") ?? panel.querySelector("text")?.getAttribute("x") ?? "0";
    if (numbers === null) return;
    const room = numberOf(panel.querySelector("rect"), "width") - 2 * PANEL_PADDING;
    const lines = rows?.map((row) => {
      const line = document.createElementNS(SVG, "tspan");
      line.setAttribute("x", x);
      line.setAttribute("dy", String(LINE));
      line.textContent = row.replaceAll(" ", SPACE);
      fit(line, row, NUMBER_EM, room);
      return line;
    });
    this.#put(numbers, lines ?? null);
  }

  /** Put these into an element; null: what was printed there. */
  #put(element: Element, nodes: readonly Node[] | null): void {
    const printed = this.#printed.get(element) ?? [...element.childNodes];
    this.#printed.set(element, printed);
    element.replaceChildren(...(nodes ?? printed));
  }
}

/** Squeeze a text that is wider than its room. */
function fit(element: SVGTextContentElement, text: string, em: number, room: number): void {
  const wide = text.length * em > room && room > 0;
  element.toggleAttribute("data-squeezed", wide);
  if (wide) {
    element.setAttribute("textLength", String(room));
    element.setAttribute("lengthAdjust", "spacingAndGlyphs");
  } else {
    element.removeAttribute("textLength");
    element.removeAttribute("lengthAdjust");
  }
}

function numberOf(element: Element | null, name: string): number {
  return Number(element?.getAttribute(name) ?? 0);
}
