/** A picture on a stage: fitted to it, dragged, zoomed, and moved so that what matters can be seen. */

import { select } from "d3-selection";
import { Paper } from "../../ui/paper.ts";
import { zoom, type ZoomBehavior, zoomIdentity, type ZoomTransform } from "d3-zoom";

const MARGIN = 10;
/** A small graph is not blown up beyond this, in CSS pixels for each of its own: its letters are as large as the page's. */
const LARGEST_FIT = 1.15;
/** The least height of a letter in a picture that is fitted, in CSS pixels. What has no room then is moved into view. */
const LETTERS = 10;
/** Below this, a person who zoomed out cannot read letters: what is brought into view is shown larger. */
const READABLE = 0.6;
/** Below this, no letter can be recognised. */
const LEGIBLE = 0.12;
const STEP = 60;

/** A box in the picture, in the picture's units. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export class Stage {
  readonly #host: HTMLElement;
  readonly #svg: SVGSVGElement;
  readonly #content: SVGGElement;
  readonly #zoom: ZoomBehavior<SVGSVGElement, unknown>;
  readonly #resized: ResizeObserver;
  readonly #box: Box;
  /** The scale at which the smallest letters can be read. */
  readonly #least: number;
  /** Where a picture that is larger than its stage begins. */
  readonly #beginning: () => Box | null;
  readonly #moved: () => void;
  #transform: ZoomTransform = zoomIdentity;
  #fitted = true;
  #printing = false;
  readonly #paper = new Paper((printing) => {
    this.#printing = printing;
    this.#place();
  });

  /**
   * `svg` must be in `host` already. `beginning` is the part of it that is shown first where there is no room for all. `moved` is
   * called when something else of it can be seen.
   */
  constructor(host: HTMLElement, svg: SVGSVGElement, beginning: () => Box | null, moved: () => void) {
    this.#host = host;
    this.#svg = svg;
    this.#box = naturalBox(svg);
    this.#least = leastScale(svg);
    this.#beginning = beginning;
    this.#moved = moved;
    this.#content = wrap(svg);
    this.#zoom = zoom<SVGSVGElement, unknown>()
      .scaleExtent([0.02, 8])
      .extent(() => [[0, 0], this.#size()])
      .filter((event: Event) => this.#takes(event))
      .on("zoom", (event: { transform: ZoomTransform; sourceEvent: unknown }) => {
        if (event.sourceEvent !== null) this.#fitted = false;
        this.#transform = event.transform;
        this.#place();
      });
    select(svg).call(this.#zoom).on("dblclick.zoom", null);
    this.#resized = new ResizeObserver(() => {
      if (this.#fitted) this.fit();
    });
    this.#resized.observe(host);
    this.#paper.hostConnected();
    this.fit();
  }

  /** Draw the picture where it was moved to. On paper, where nothing can be moved, there is all of it. */
  #place(): void {
    const { x, y, width, height } = this.#box;
    if (this.#printing) {
      this.#svg.setAttribute("viewBox", [x, y, width, height].join(" "));
      this.#host.style.setProperty("--wide", `${width}px`);
      this.#host.style.setProperty("--high", `${height}px`);
    } else this.#svg.removeAttribute("viewBox");
    const transform = this.#printing ? zoomIdentity : this.#transform;
    this.#content.setAttribute("transform", transform.toString());
    this.#content.classList.toggle("far", transform.k < LEGIBLE);
    this.#moved();
  }

  /** The whole picture. */
  get box(): Box {
    return this.#box;
  }

  /** What can be seen, in the picture's units. */
  get view(): Box {
    const [width, height] = this.#size();
    const { x, y, k } = this.#transform;
    return { x: -x / k, y: -y / k, width: width / k, height: height / k };
  }

  /** Move the picture so that this point of it is in the middle. */
  centre(x: number, y: number): void {
    const [width, height] = this.#size();
    this.#fitted = false;
    this.#move(about(x, y, this.#transform.k, width, height));
  }

  /** The wheel scrolls the page unless Ctrl or Cmd is held or the graph has the focus; one finger scrolls it likewise. */
  #takes(event: Event): boolean {
    const focused = this.#host.matches(":focus, :focus-within");
    if (event instanceof WheelEvent) return event.ctrlKey || event.metaKey || focused;
    if ("touches" in event) return focused || (event as TouchEvent).touches.length > 1;
    return event instanceof MouseEvent && event.button === 0 && !event.ctrlKey;
  }

  #size(): [number, number] {
    return [this.#host.clientWidth || 1, this.#host.clientHeight || 1];
  }

  #move(to: ZoomTransform): void {
    select(this.#svg).call((selection) => {
      this.#zoom.transform(selection, to);
    });
  }

  /** Show the whole picture, or as much of it from its beginning on as there is room for in letters that can be read. */
  fit(): void {
    const [width, height] = this.#size();
    const { x, y, width: w, height: h } = this.#box;
    const whole = Math.min((width - 2 * MARGIN) / w, (height - 2 * MARGIN) / h, LARGEST_FIT);
    const k = Math.max(whole, this.#least);
    const first = k > whole ? this.#beginning() : null;
    const middle = first === null ? x + w / 2 : first.x + first.width / 2;
    this.#move(
      zoomIdentity.translate(placed(x, w, middle, width, k), placed(y, h, first?.y ?? y + h / 2, height, k)).scale(k),
    );
    this.#fitted = true;
    this.#host.style.setProperty("--fitted", `${height}px`);
  }

  /** Move the picture so that a box in it can be seen, as little as that takes; a picture too small to read is enlarged. */
  bring(box: Box): void {
    const [width, height] = this.#size();
    const { k } = this.#transform;
    const [left, top] = this.#transform.apply([box.x, box.y]);
    const [right, bottom] = this.#transform.apply([box.x + box.width, box.y + box.height]);
    const inside = left >= 0 && top >= 0 && right <= width && bottom <= height;
    if (inside && k >= READABLE) return;
    this.#fitted = false;
    if (k < READABLE) {
      this.#move(about(box.x + box.width / 2, box.y + box.height / 2, Math.max(this.#least, READABLE), width, height));
      return;
    }
    const by = (from: number, to: number, size: number): number =>
      from < MARGIN ? MARGIN - from : to > size - MARGIN ? Math.max(size - MARGIN - to, MARGIN - from) : 0;
    this.#move(this.#transform.translate(by(left, right, width) / k, by(top, bottom, height) / k));
  }

  /** Zoom about the middle. */
  zoom(by: number): void {
    this.#fitted = false;
    select(this.#svg).call((selection) => {
      this.#zoom.scaleBy(selection, by);
    });
  }

  /** Act on a key; false if it has no meaning here. */
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
      const { k } = this.#transform;
      this.#move(this.#transform.translate(move[0] / k, move[1] / k));
    } else if (key === "+" || key === "=") this.zoom(1.4);
    else if (key === "-") this.zoom(1 / 1.4);
    else if (key === "0") this.fit();
    else return false;
    return true;
  }

  destroy(): void {
    this.#resized.disconnect();
    this.#paper.hostDisconnected();
  }
}

/** The transform that puts a point of the picture into the middle of the stage. */
function about(x: number, y: number, scale: number, width: number, height: number): ZoomTransform {
  return zoomIdentity
    .translate(width / 2, height / 2)
    .scale(scale)
    .translate(-x, -y);
}

/**
 * How far to shift a picture that begins at `from` and is `size` long, at scale `k`, in a room: into the middle if it fits, else so
 * that `at` is in the middle, but with no more room than the margin before or after it.
 */
function placed(from: number, size: number, at: number, room: number, k: number): number {
  const before = MARGIN - from * k;
  const after = room - MARGIN - (from + size) * k;
  if (after >= before) return (before + after) / 2;
  return Math.min(before, Math.max(after, room / 2 - at * k));
}

/** The scale at which the smallest letters of a picture can be read. */
function leastScale(svg: SVGSVGElement): number {
  const sizes = Array.from(svg.querySelectorAll("[font-size]"), (text) =>
    Number.parseFloat(text.getAttribute("font-size") ?? ""),
  );
  return Math.min(LETTERS / Math.min(...sizes), LARGEST_FIT) || 0;
}

/** The picture's own box, which is its viewBox. */
function naturalBox(svg: SVGSVGElement): Box {
  const { x, y, width, height } = svg.viewBox.baseVal;
  return width > 0 && height > 0 ? { x, y, width, height } : svg.getBBox();
}

/** Put what is drawn into one group that can be moved, and let the picture fill its host. */
function wrap(svg: SVGSVGElement): SVGGElement {
  const content = document.createElementNS("http://www.w3.org/2000/svg", "g");
  content.append(...[...svg.children].filter((child) => !["style", "title", "desc", "defs"].includes(child.localName)));
  svg.append(content);
  for (const name of ["viewBox", "width", "height"]) svg.removeAttribute(name);
  return content;
}
