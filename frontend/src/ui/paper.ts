import type { ReactiveController } from "lit";

/** Calls back right before the page is put on paper (true), while its layout is still the screen's, and after that (false). */
export class Paper implements ReactiveController {
  readonly #turned: (printing: boolean) => void;

  constructor(turned: (printing: boolean) => void) {
    this.#turned = turned;
  }

  hostConnected(): void {
    for (const name of ["beforeprint", "afterprint"]) window.addEventListener(name, this);
  }

  hostDisconnected(): void {
    for (const name of ["beforeprint", "afterprint"]) window.removeEventListener(name, this);
  }

  handleEvent({ type }: Event): void {
    this.#turned(type === "beforeprint");
  }
}

/**
 * Have what is wider than paper be in smaller letters there: `--ems` is its width, in letters of now, and styles for paper divide
 * the width that there is by it.
 */
export function measureForPaper(wide: HTMLElement): void {
  wide.style.setProperty("--ems", `${wide.offsetWidth / parseFloat(getComputedStyle(wide).fontSize)}`);
}
