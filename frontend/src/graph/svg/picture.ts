/** The parts of a picture of a graph, found once. Classes mark what is lit, what is still to come and what flows. */

import type { Ahead } from "../reach.ts";
import { apart, HEIGHT, type Label } from "./labels.ts";
import type { Box } from "./stage.ts";
import { type CardText, CardWriting } from "./writing.ts";

const SVG = "http://www.w3.org/2000/svg";

/** Which way through a graph is brought out. */
export const DIRECTIONS = ["forward", "both", "backward"] as const;
export type Direction = (typeof DIRECTIONS)[number];

/** The head of an arrow that points back: its length, and half its width. */
const HEAD = { length: 9, side: 4 };

export class GraphPicture {
  readonly #svg: SVGSVGElement;
  readonly #nodes = new Map<string, SVGGElement[]>();
  readonly #edges = new Map<string, SVGGElement[]>();
  readonly #boxes = new Map<string, Box>();
  readonly #marked = new Map<string, ReadonlySet<Element>>();
  readonly #writing = new CardWriting();
  #drawn: SVGElement[] = [];
  #turned = false;

  constructor(svg: SVGSVGElement) {
    this.#svg = svg;
    for (const node of svg.querySelectorAll<SVGGElement>("[data-node]")) put(this.#nodes, node.dataset["node"], node);
    for (const edge of svg.querySelectorAll<SVGGElement>("[data-edge]")) put(this.#edges, edge.dataset["edge"], edge);
  }

  /** Name the nodes, and let those that have a name take the focus: one of them by Tab, the others by the arrow keys. */
  name(names: ReadonlyMap<string, string>): void {
    // A picture as a whole would hide its parts from a screen reader; the stage has its name and description.
    this.#svg.setAttribute("role", "none");
    this.#svg.removeAttribute("aria-labelledby");
    this.#svg.removeAttribute("aria-describedby");
    for (const [id, [node]] of this.#nodes) {
      const name = names.get(id);
      if (node === undefined || name === undefined) continue;
      node.setAttribute("role", "graphics-symbol");
      node.setAttribute("aria-label", name);
      if (!node.hasAttribute("tabindex")) node.tabIndex = this.entry === null ? 0 : -1;
    }
    // A number on an arrow says nothing alone. The description has the ways, and the sentence of the step what went along them.
    for (const edge of [...this.#edges.values()].flat()) edge.setAttribute("aria-hidden", "true");
  }

  /** Move the focus to a node; false if it is not drawn. */
  focus(id: string): boolean {
    const node = this.#nodes.get(id)?.[0];
    if (node === undefined) return false;
    for (const other of this.#svg.querySelectorAll<SVGGElement>("[data-node][tabindex='0']")) other.tabIndex = -1;
    node.tabIndex = 0;
    node.focus({ preventScroll: true });
    return true;
  }

  /** Whether a node is drawn in place of others. */
  isFolded(id: string): boolean {
    return this.#nodes.get(id)?.[0]?.classList.contains("folded") === true;
  }

  /** The box of every node in the picture. */
  get places(): readonly Box[] {
    return [...this.#nodes.keys()].flatMap((id) => this.around([id]) ?? []);
  }

  /** The box of the uppermost node, where a person begins to read; null if there is none. */
  get beginning(): Box | null {
    const [first] = [...this.boxes].sort(([, one], [, other]) => one.y - other.y);
    return first === undefined ? null : this.around([first[0]]);
  }

  /** The node that Tab leads to. */
  get entry(): string | null {
    return this.#svg.querySelector<SVGGElement>("[data-node][tabindex='0']")?.dataset["node"] ?? null;
  }

  /** The box of every node. Measured on first use: it forces a layout of the page. */
  get boxes(): ReadonlyMap<string, Box> {
    if (this.#boxes.size === 0)
      for (const [id, [node]] of this.#nodes) if (node !== undefined) this.#boxes.set(id, box(node));
    return this.#boxes;
  }

  /** A box around some nodes; null if none of them is drawn. */
  around(ids: Iterable<string>): Box | null {
    const boxes = [...ids].flatMap((id) => this.boxes.get(id) ?? []);
    if (boxes.length === 0) return null;
    const x = Math.min(...boxes.map((box) => box.x));
    const y = Math.min(...boxes.map((box) => box.y));
    const right = Math.max(...boxes.map((box) => box.x + box.width));
    const bottom = Math.max(...boxes.map((box) => box.y + box.height));
    // Graphviz puts all nodes into one group with a transform.
    const graph = this.#svg.querySelector<SVGGElement>("[data-node]")?.parentElement;
    const moved = graph instanceof SVGGElement ? graph.transform.baseVal.consolidate()?.matrix : undefined;
    const { a = 1, e = 0, f = 0 } = moved ?? {};
    return { x: x * a + e, y: y * a + f, width: (right - x) * a, height: (bottom - y) * a };
  }

  /**
   * Put a ring around these nodes alone, one that flashes if they are `fresh`. Animate a gradient along these edges, labelled
   * with its text.
   */
  light(nodes: ReadonlySet<string>, edges: ReadonlyMap<string, string>, fresh: boolean): void {
    for (const drawn of this.#drawn) drawn.remove();
    this.#drawn = [];
    for (const id of nodes) for (const node of this.#nodes.get(id) ?? []) this.#ring(node, fresh);
    this.#mark("flowing", this.#edges, edges.keys());
    const labels = [...edges].flatMap(([id, text]) =>
      (this.#edges.get(id) ?? []).flatMap((edge) => {
        const path = edge.querySelector("path");
        if (path === null || text === "") return [];
        const { x, y } = path.getPointAtLength(path.getTotalLength() / 2);
        return [{ edge, text, x, y, width: 7.4 * text.length + 14 }];
      }),
    );
    const middles = apart(labels);
    labels.forEach((label, at) => {
      this.#label(label.edge, label.text, { ...label, x: middles[at] ?? label.x });
    });
  }

  /** Write on the cards what is so at a step; null: what the service has drawn. */
  write(cards: ReadonlyMap<string, CardText> | null): void {
    for (const [id, drawings] of this.#nodes)
      for (const node of drawings) this.#writing.write(node, cards?.get(id) ?? null);
  }

  /** Dim what is still to come. */
  dim({ nodes, gradients, edges }: Ahead): void {
    this.#mark("ahead", this.#nodes, nodes);
    this.#mark("waiting", this.#nodes, gradients);
    this.#mark("ahead-edge", this.#edges, edges);
  }

  /** Bring out the values and operations, or the gradients and backward functions, with arrows that point their way. */
  show(way: Direction): void {
    if (way === "backward" && !this.#turned) this.#turnArrows();
    this.#svg.dataset["way"] = way;
  }

  /** Give each edge a head at its beginning, too: the style shows the one that points the way that is brought out. */
  #turnArrows(): void {
    this.#turned = true;
    for (const edge of [...this.#edges.values()].flat()) {
      const path = edge.querySelector("path");
      const length = path?.getTotalLength() ?? 0;
      if (path === null || length === 0) continue;
      const tip = path.getPointAtLength(0);
      const base = path.getPointAtLength(Math.min(HEAD.length, length));
      const angle = (Math.atan2(tip.y - base.y, tip.x - base.x) * 180) / Math.PI;
      const head = document.createElementNS(SVG, "polygon");
      head.setAttribute("class", "turned");
      head.setAttribute("points", `0,0 ${-HEAD.length},${-HEAD.side} ${-HEAD.length},${HEAD.side}`);
      head.setAttribute("transform", `translate(${tip.x} ${tip.y}) rotate(${angle})`);
      edge.append(head);
    }
  }

  /** Give a class to these parts, and take it from all others that had it: nothing else is touched. */
  #mark(name: string, parts: ReadonlyMap<string, readonly SVGGElement[]>, ids: Iterable<string>): void {
    const before = this.#marked.get(name) ?? new Set<Element>();
    const now = new Set<Element>([...ids].flatMap((id) => parts.get(id) ?? []));
    for (const element of before) if (!now.has(element)) element.classList.remove(name);
    for (const element of now) if (!before.has(element)) element.classList.add(name);
    this.#marked.set(name, now);
  }

  #ring(node: SVGGElement, fresh: boolean): void {
    const { x, y, width, height } = box(node);
    this.#draw(node, "rect", {
      class: fresh ? "halo fresh" : "halo",
      x: x - 4,
      y: y - 4,
      width: width + 8,
      height: height + 8,
      rx: 8,
    });
  }

  #label(edge: SVGGElement, text: string, { x, y, width }: Label): void {
    const label = this.#draw(edge, "g", { class: "sent", transform: `translate(${x} ${y})` });
    const back = document.createElementNS(SVG, "rect");
    const sides = { x: -width / 2, y: -HEIGHT / 2, width, height: HEIGHT, rx: HEIGHT / 2 };
    for (const [name, value] of Object.entries(sides)) back.setAttribute(name, String(value));
    const words = document.createElementNS(SVG, "text");
    words.setAttribute("y", "4");
    words.textContent = text;
    label.append(back, words);
  }

  #draw(into: SVGGElement, name: string, attributes: Readonly<Record<string, string | number>>): SVGElement {
    const made = document.createElementNS(SVG, name);
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, String(value));
    into.append(made);
    this.#drawn.push(made);
    return made;
  }
}

function put(map: Map<string, SVGGElement[]>, id: string | undefined, element: SVGGElement): void {
  if (id === undefined) return;
  const known = map.get(id);
  if (known === undefined) map.set(id, [element]);
  else known.push(element);
}

/** A node's box without its ring: that of what is drawn first in it. */
function box(node: SVGGElement): Box {
  const figure = [...node.children].find(
    (child) => child instanceof SVGGElement || child instanceof SVGGeometryElement,
  );
  const matrix = figure instanceof SVGGElement ? figure.transform.baseVal.consolidate()?.matrix : undefined;
  const { x, y, width, height } = figure instanceof SVGGraphicsElement ? figure.getBBox() : node.getBBox();
  return { x: x + (matrix?.e ?? 0), y: y + (matrix?.f ?? 0), width, height };
}
