/** A picture on a stage: fitted to it, dragged, zoomed, and with some of its nodes lit. */

import { select } from "d3-selection";
import { zoom, type ZoomBehavior, zoomIdentity } from "d3-zoom";

const SVG = "http://www.w3.org/2000/svg";
const MARGIN = 10;
/** A small graph is not blown up beyond this, in CSS pixels for each of its own: its letters are as large as the page's. */
const LARGEST_FIT = 1.15;
const STEP = 60;

type OnNode = (node: string | null, pin: boolean) => void;

export class Stage {
  readonly #place: HTMLElement;
  readonly #svg: SVGSVGElement;
  readonly #content: SVGGElement;
  readonly #zoom: ZoomBehavior<SVGSVGElement, unknown>;
  readonly #resized: ResizeObserver;
  readonly #box: DOMRectReadOnly;
  #fitted = true;

  /** `svg` must be in `place` already. `onNode` hears what is pointed at, and with `pin` what is clicked. */
  constructor(place: HTMLElement, svg: SVGSVGElement, onNode: OnNode) {
    this.#place = place;
    this.#svg = svg;
    this.#box = naturalBox(svg);
    this.#content = wrap(svg);
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.02, 8])
      .extent(() => [[0, 0], this.#size()])
      .filter((event: Event) => this.#takes(event))
      .on("zoom", (event: { transform: { toString: () => string }; sourceEvent: unknown }) => {
        if (event.sourceEvent !== null) this.#fitted = false;
        this.#content.setAttribute("transform", event.transform.toString());
      });
    select(svg).call(this.#zoom).on("dblclick.zoom", null);
    this.#listen(onNode);
    this.#resized = new ResizeObserver(() => {
      if (this.#fitted) this.fit();
    });
    this.#resized.observe(place);
    this.fit();
  }

  /** The wheel scrolls the page unless Ctrl or Cmd is held or the graph has the focus; one finger scrolls it likewise. */
  #takes(event: Event): boolean {
    const focused = this.#place.matches(":focus");
    if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey || focused;
    if ("touches" in event) return focused || (event as TouchEvent).touches.length > 1;
    return event instanceof MouseEvent && event.button === 0 && !event.ctrlKey;
  }

  #listen(onNode: OnNode): void {
    this.#svg.addEventListener("pointerover", (event) => {
      if (event.pointerType !== "touch") onNode(nodeAt(event), false);
    });
    this.#svg.addEventListener("pointerleave", () => {
      onNode(null, false);
    });
    this.#svg.addEventListener("click", (event) => {
      onNode(nodeAt(event), true);
    });
  }

  #size(): [number, number] {
    return [this.#place.clientWidth || 1, this.#place.clientHeight || 1];
  }

  /** Show the whole picture. */
  fit(): void {
    const [width, height] = this.#size();
    const { x, y, width: w, height: h } = this.#box;
    const scale = Math.min((width - 2 * MARGIN) / w, (height - 2 * MARGIN) / h, LARGEST_FIT);
    const centred = zoomIdentity
      .translate(width / 2, height / 2)
      .scale(Math.max(scale, 0.02))
      .translate(-x - w / 2, -y - h / 2);
    select(this.#svg).call((selection) => {
      this.#zoom.transform(selection, centred);
    });
    this.#fitted = true;
  }

  /** Zoom about the middle. */
  zoom(by: number): void {
    this.#fitted = false;
    select(this.#svg).call((selection) => {
      this.#zoom.scaleBy(selection, by);
    });
  }

  /** Act on a key; false where it means nothing here. */
  key(key: string): boolean {
    const moves: Readonly<Record<string, readonly [number, number]>> = {
      ArrowLeft: [STEP, 0],
      ArrowRight: [-STEP, 0],
      ArrowUp: [0, STEP],
      ArrowDown: [0, -STEP],
    };
    const move = moves[key];
    if (move !== undefined) {
      this.#fitted = false;
      select(this.#svg).call((selection) => {
        const scale = this.#content.transform.baseVal.consolidate()?.matrix.a ?? 1;
        this.#zoom.translateBy(selection, move[0] / scale, move[1] / scale);
      });
    } else if (key === "+" || key === "=") this.zoom(1.4);
    else if (key === "-") this.zoom(1 / 1.4);
    else if (key === "0") this.fit();
    else return false;
    return true;
  }

  /** Put a ring around these nodes, and around no others. */
  light(nodes: ReadonlySet<string>): void {
    for (const halo of this.#svg.querySelectorAll(".halo")) halo.remove();
    for (const node of this.#svg.querySelectorAll<SVGGElement>("[data-node]")) {
      if (!nodes.has(node.dataset["node"] ?? "")) continue;
      const { x, y, width, height } = node.getBBox();
      const halo = document.createElementNS(SVG, "rect");
      const around = { class: "halo", x: x - 4, y: y - 4, width: width + 8, height: height + 8, rx: 8 };
      for (const [name, value] of Object.entries(around)) halo.setAttribute(name, String(value));
      node.append(halo);
    }
  }

  destroy(): void {
    this.#resized.disconnect();
  }
}

function nodeAt(event: Event): string | null {
  const element = event.target instanceof Element ? event.target.closest<SVGElement>("[data-node]") : null;
  return element?.dataset["node"] ?? null;
}

/** The picture's own box, which its viewBox tells. */
function naturalBox(svg: SVGSVGElement): DOMRectReadOnly {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return width > 0 && height > 0 ? new DOMRectReadOnly(x, y, width, height) : svg.getBBox();
}

/** Put what is drawn into one group that can be moved, and let the picture fill its place. */
function wrap(svg: SVGSVGElement): SVGGElement {
  const content = document.createElementNS(SVG, "g");
  content.append(...[...svg.children].filter((child) => !["style", "title", "desc", "defs"].includes(child.localName)));
  svg.append(content);
  for (const name of ["viewBox", "width", "height"]) svg.removeAttribute(name);
  return content;
}
