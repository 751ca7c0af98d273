/** When a canvas is painted: at most once before each frame, and not before it was seen for the first time. */

import type { ReactiveController, ReactiveControllerHost } from "lit";

export class Drawing implements ReactiveController {
  readonly #host: Element;
  readonly #paint: () => void;
  #seen = false;
  #frame = 0;

  readonly #visible = new IntersectionObserver((entries) => {
    this.#seen ||= entries.some((entry) => entry.isIntersecting);
    this.request();
  });

  constructor(host: ReactiveControllerHost & Element, paint: () => void) {
    this.#host = host;
    this.#paint = paint;
    host.addController(this);
  }

  hostConnected(): void {
    this.#visible.observe(this.#host);
  }

  hostDisconnected(): void {
    this.#visible.disconnect();
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
  }

  hostUpdated(): void {
    this.request();
  }

  /** Paint before the next frame. */
  readonly request = (): void => {
    if (this.#frame !== 0 || !this.#seen) return;
    this.#frame = requestAnimationFrame(() => {
      this.#frame = 0;
      this.#paint();
    });
  };
}

/** The context of a canvas of this size, in pixels of the page, of `density` pixels of the screen each. */
export function contextOf(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
  density: number,
): CanvasRenderingContext2D | null {
  const [wide, high] = [Math.round(width * density), Math.round(height * density)];
  // To set a size, even the same, clears a canvas.
  if (canvas.width !== wide || canvas.height !== high) {
    canvas.width = wide;
    canvas.height = high;
    canvas.style.width = `${width}px`;
    canvas.style.height = `${height}px`;
  }
  return canvas.getContext("2d");
}
