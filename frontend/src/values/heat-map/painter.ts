/** Paints the part of a large matrix that is in view: pictures of its tiles, numbers if there is room, rulers, marks. */

import { type Element, magnitude } from "../../numbers/text.ts";
import type { GridCell } from "../cursor.ts";
import type { MarkedCell } from "../origins.ts";
import type { Palette } from "./palette.ts";
import type { Region } from "./pyramid.ts";
import type { Scale } from "../../numbers/scale.ts";
import { GUTTER, inView, type View } from "./view.ts";
import type { WindowNumbers } from "./windows.ts";

const FONT = "11px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
/** From this size on, there are lines between cells. */
const APART = 8;

/** What there is to paint. */
interface Scene extends View {
  readonly density: number;
  readonly scale: Scale;
  readonly palette: Palette;
  /** The coarsest first. */
  readonly tiles: readonly WindowNumbers[];
  readonly marks: readonly MarkedCell[];
  readonly cursor: GridCell | null;
  readonly element: (row: number, column: number) => Element | null;
  readonly write: (element: Element) => string;
}

export function paint(context: CanvasRenderingContext2D, scene: Scene): void {
  const { width, height, density, palette, zoom } = scene;
  context.setTransform(density, 0, 0, density, 0, 0);
  context.fillStyle = palette.css("card");
  context.fillRect(0, 0, width, height);
  const view = inView(scene);
  context.save();
  context.beginPath();
  context.rect(
    GUTTER.left,
    GUTTER.top,
    Math.min(width - GUTTER.left, scene.columns * zoom.width - scene.left),
    Math.min(height - GUTTER.top, scene.rows * zoom.height - scene.top),
  );
  context.clip();
  for (const tile of scene.tiles) drawTile(context, scene, tile);
  if (zoom.height >= APART && zoom.width >= APART) drawLines(context, scene, view);
  if (zoom.text) drawTexts(context, scene, view);
  drawMarks(context, scene);
  context.restore();
  drawRulers(context, scene, view);
}

const PICTURES = new WeakMap<WindowNumbers, { palette: Palette; scale: Scale; canvas: HTMLCanvasElement }>();

/** A tile as a picture, a pixel for each block; made once for a palette and scale. */
function picture(tile: WindowNumbers, scale: Scale, palette: Palette): HTMLCanvasElement {
  const known = PICTURES.get(tile);
  if (known?.palette === palette && known.scale === scale) return known.canvas;
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, tile.width);
  canvas.height = Math.max(1, tile.height);
  const pixels = new Uint32Array(canvas.width * canvas.height);
  for (let row = 0; row < tile.height; row++)
    for (let column = 0; column < tile.width; column++)
      pixels[row * tile.width + column] = palette.pixel(tile.size(row, column), scale);
  const image = new ImageData(new Uint8ClampedArray(pixels.buffer), canvas.width, canvas.height);
  canvas.getContext("2d")?.putImageData(image, 0, 0);
  PICTURES.set(tile, { palette, scale, canvas });
  return canvas;
}

function left(scene: Scene, column: number): number {
  return GUTTER.left + column * scene.zoom.width - scene.left;
}

function top(scene: Scene, row: number): number {
  return GUTTER.top + row * scene.zoom.height - scene.top;
}

function drawTile(context: CanvasRenderingContext2D, scene: Scene, tile: WindowNumbers): void {
  const [down, across] = [tile.block[0] * scene.zoom.height, tile.block[1] * scene.zoom.width];
  context.imageSmoothingEnabled = Math.min(down, across) * scene.density < 1;
  context.drawImage(
    picture(tile, scene.scale, scene.palette),
    left(scene, tile.columns[0]),
    top(scene, tile.rows[0]),
    tile.width * across,
    tile.height * down,
  );
}

function drawLines(context: CanvasRenderingContext2D, scene: Scene, view: Region): void {
  context.fillStyle = scene.palette.css("card");
  for (let row = view.rows[0]; row <= view.rows[1]; row++)
    context.fillRect(GUTTER.left, Math.round(top(scene, row)) - 1, scene.width, 1);
  for (let column = view.columns[0]; column <= view.columns[1]; column++)
    context.fillRect(Math.round(left(scene, column)) - 1, GUTTER.top, 1, scene.height);
}

function drawTexts(context: CanvasRenderingContext2D, scene: Scene, view: Region): void {
  const { zoom, palette } = scene;
  context.font = FONT;
  context.textAlign = "right";
  context.textBaseline = "middle";
  for (let row = view.rows[0]; row < view.rows[1]; row++)
    for (let column = view.columns[0]; column < view.columns[1]; column++) {
      const element = scene.element(row, column);
      if (element === null) continue;
      const [x, y] = [left(scene, column), top(scene, row)];
      if (magnitude(element) === null) {
        // What is no finite number has no colour of the scale, as in the small grids.
        context.fillStyle = palette.css("panel");
        context.fillRect(x, y, zoom.width - 1, zoom.height - 1);
      }
      context.fillStyle = palette.css("ink");
      context.fillText(scene.write(element), x + zoom.width - 5, y + zoom.height / 2, zoom.width - 8);
    }
}

function drawMarks(context: CanvasRenderingContext2D, scene: Scene): void {
  const { zoom, palette, cursor } = scene;
  const ring = (at: GridCell, colour: "lit" | "accent" | "ink", dashed: boolean): void => {
    // A cell that is too small for a ring inside it gets one around it.
    const [width, height] = [Math.max(zoom.width, 7), Math.max(zoom.height, 7)];
    const x = left(scene, at.column) + zoom.width / 2 - width / 2;
    const y = top(scene, at.row) + zoom.height / 2 - height / 2;
    context.lineWidth = 2;
    context.strokeStyle = palette.css(colour);
    context.setLineDash(dashed ? [3, 2] : []);
    context.strokeRect(x + 1, y + 1, width - 3, height - 3);
    context.setLineDash([]);
  };
  for (const { at, mark } of scene.marks) ring(at, mark.kind === "asked" ? "accent" : "lit", mark.kind === "index");
  if (cursor !== null) ring(cursor, "ink", false);
}

function drawRulers(context: CanvasRenderingContext2D, scene: Scene, view: Region): void {
  const { palette, width, height, zoom } = scene;
  context.fillStyle = palette.css("card");
  context.fillRect(0, 0, width, GUTTER.top);
  context.fillRect(0, 0, GUTTER.left, height);
  context.fillStyle = palette.css("muted");
  context.font = FONT.replace("11px", "10px");
  context.textBaseline = "middle";
  context.textAlign = "right";
  for (const row of ticks(view.rows, zoom.height, 22))
    if (top(scene, row) + zoom.height / 2 >= GUTTER.top)
      context.fillText(String(row), GUTTER.left - 4, top(scene, row) + zoom.height / 2);
  context.textAlign = "center";
  const wide = String(view.columns[1]).length * 7 + 14;
  for (const column of ticks(view.columns, zoom.width, wide))
    if (left(scene, column) + zoom.width / 2 >= GUTTER.left)
      context.fillText(String(column), left(scene, column) + zoom.width / 2, GUTTER.top / 2);
}

/** Round numbers in an interval that are at least `apart` pixels apart. */
export function ticks([from, to]: readonly [number, number], each: number, apart: number): number[] {
  const least = apart / each;
  const power = 10 ** Math.ceil(Math.log10(Math.max(least, 1)));
  const step = [power / 5, power / 2, power].find((size) => size >= least && Number.isInteger(size)) ?? power;
  const found: number[] = [];
  for (let tick = Math.ceil(from / step) * step; tick < to; tick += step) found.push(tick);
  return found;
}
