/** A picture as PNG, drawn by the browser: light, on white paper, so that it can be read wherever it is put. */

import { safeSvg } from "./safe.ts";

const SCALE = 2;
/** Browsers refuse canvases with longer sides, some of them without a word. */
const MAX_SIDE = 8192;

/** The picture as PNG. Throws if the text is no SVG, or one that the browser cannot draw. */
export async function bitmap(source: string): Promise<Blob> {
  const svg = safeSvg(source);
  if (svg === null) throw new TypeError("this is no SVG");
  const { width, height } = svg.viewBox.baseVal;
  const scale = Math.min(SCALE, MAX_SIDE / Math.max(width, height, 1));
  svg.dataset["theme"] = "light";
  svg.setAttribute("width", String(width * scale));
  svg.setAttribute("height", String(height * scale));
  const address = URL.createObjectURL(
    new Blob([new XMLSerializer().serializeToString(svg)], { type: "image/svg+xml" }),
  );
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return await painted(image, Math.ceil(width * scale), Math.ceil(height * scale));
  } finally {
    URL.revokeObjectURL(address);
  }
}

async function painted(image: HTMLImageElement, width: number, height: number): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d");
  if (context === null) throw new TypeError("this browser has no canvas");
  context.fillStyle = "#fff";
  context.fillRect(0, 0, width, height);
  context.drawImage(image, 0, 0, width, height);
  return canvas.convertToBlob({ type: "image/png" });
}
