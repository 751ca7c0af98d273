/** Lines that are dragged, by mouse or finger, between and within two lists. */

import type { ReactiveController } from "lit";

import type { Host } from "../viewer/listener.ts";

/** The place where a dragged line would be put: before the line at this index of the program; null: out of it. */
type Drop = (line: number, at: number | null) => void;

export class Dragging implements ReactiveController {
  /** The line that is dragged, and where it would go; null if there is none. */
  line: number | null = null;
  at: number | null = null;
  readonly #host: Host & { readonly renderRoot: HTMLElement | DocumentFragment };
  readonly #drop: Drop;
  #ended = new AbortController();

  constructor(host: Host & { readonly renderRoot: HTMLElement | DocumentFragment }, drop: Drop) {
    this.#host = host;
    this.#drop = drop;
    host.addController(this);
  }

  hostDisconnected(): void {
    this.#ended.abort();
  }

  begin(event: PointerEvent, line: number): void {
    event.preventDefault();
    this.line = line;
    this.#ended = new AbortController();
    const { signal } = this.#ended;
    const end = (put: boolean) => (): void => {
      const { at } = this;
      this.#ended.abort();
      [this.line, this.at] = [null, null];
      this.#host.requestUpdate();
      if (put) this.#drop(line, at);
    };
    window.addEventListener("pointermove", this.#move, { signal });
    window.addEventListener("pointerup", end(true), { signal });
    window.addEventListener("pointercancel", end(false), { signal });
    this.#host.requestUpdate();
  }

  readonly #move = ({ clientX, clientY }: PointerEvent): void => {
    const list = this.#host.renderRoot.querySelector(".program");
    if (list === null) return;
    const { left, right, top, bottom } = list.getBoundingClientRect();
    const within = clientX >= left && clientX <= right && clientY >= top && clientY <= bottom;
    const lines = [...list.querySelectorAll("[data-line]")].map((item) => item.getBoundingClientRect());
    const before = lines.findIndex((box) => clientY < box.top + box.height / 2);
    this.at = !within ? null : before < 0 ? lines.length : before;
    this.#host.requestUpdate();
  };
}
