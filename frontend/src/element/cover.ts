/** What a pad shows until it is live: its picture or its author's own content, and the button that starts it. */

import { type Picture, pictureOf, type Setting } from "./attributes.ts";
import { hasFallback } from "./program.ts";
import { languageAt } from "./strings.ts";

export type Phase = "waiting" | "starting" | "live" | "failed";

export class Cover {
  readonly root = made("div", "cover");
  readonly button = document.createElement("button");
  readonly #slot = document.createElement("slot");
  readonly #picture = document.createElement("img");
  readonly #source = document.createElement("pre");
  readonly #content = made("div", "content");
  readonly #word = document.createElement("p");
  /** The picture that could not be had. */
  #broken: string | null = null;

  /** `broken` is called when there turns out to be no picture. */
  constructor(broken: () => void) {
    this.#picture.decoding = "async";
    this.#picture.loading = "lazy";
    this.#picture.referrerPolicy = "no-referrer";
    this.#picture.addEventListener("error", () => {
      this.#broken = this.#picture.getAttribute("src");
      broken();
    });
    this.button.type = "button";
    this.#word.setAttribute("role", "status");
    this.#source.tabIndex = 0;
    this.#source.setAttribute("role", "region");
    const bar = made("div", "bar");
    bar.append(this.#word, this.button);
    this.#content.append(this.#slot, this.#picture, this.#source);
    this.root.append(this.#content, bar);
  }

  /** Show what is had of a pad. Without a setting it cannot be started, and `failure` says why. */
  show(pad: Element, setting: Setting | null, phase: Phase, failure: string | null): void {
    const language = languageAt(pad);
    const { lang, strings } = language;
    const fallback = hasFallback(pad);
    const picture = fallback || setting === null ? null : pictureOf(pad, setting, language);
    const pictured = picture !== null && picture.address !== this.#broken;
    const source = setting !== null && "cells" in setting.program ? setting.program.cells.join("\n\n") : null;
    this.root.lang = lang;
    this.#slot.hidden = !fallback;
    this.#picture.hidden = !pictured;
    this.#source.hidden = fallback || pictured || source === null;
    this.#content.hidden = !fallback && !pictured && source === null;
    if (pictured) this.#draw(picture);
    if (this.#source.textContent !== source) this.#source.textContent = source;
    this.#source.ariaLabel = strings.source;
    const word = failure ?? (phase === "starting" ? strings.starting : "");
    // What is said again is not announced again.
    if (this.#word.textContent !== word) this.#word.textContent = word;
    this.#word.classList.toggle("failure", failure !== null);
    this.button.textContent = phase === "failed" ? strings.again : strings.run;
    this.button.hidden = setting === null;
    // Disabled, it would lose the focus.
    this.button.ariaDisabled = phase === "starting" ? "true" : null;
  }

  #draw({ address, alt }: Picture): void {
    this.#picture.alt = alt;
    if (this.#picture.getAttribute("src") !== address) this.#picture.src = address;
  }
}

function made<Name extends "div">(name: Name, kind: string): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name);
  element.className = kind;
  return element;
}
