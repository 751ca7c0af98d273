/** `<tensor-pad>`: a program in somebody else's page. It shows a picture at first, and is live when seen or asked. */

import { type EmbeddedProgram, viewAddress } from "../share/embed.ts";
import {
  ATTRIBUTES,
  optionsOf,
  ordersOf,
  parametersOf,
  pixelsOf,
  type Setting,
  settingOf,
  startOf,
  stepOf,
  warn,
} from "./attributes.ts";
import { Cover, type Phase } from "./cover.ts";
import { type Cargo, Live } from "./live.ts";
import type { News, PadEvent } from "./messages.ts";
import { programOf } from "./program.ts";
import { fetched, playerAddress } from "./recording.ts";
import { Sight } from "./sight.ts";
import { languageAt } from "./strings.ts";
import { size, styles } from "./styles.ts";

export class TensorPad extends HTMLElement {
  static readonly observedAttributes = ATTRIBUTES;
  /** The service that the script came from. */
  static home: string | null = null;

  readonly #root = document.createElement("div");
  readonly #cover = new Cover(() => {
    this.#render();
  });
  readonly #changes = new MutationObserver(() => {
    this.#changed();
  });
  readonly #sight = new Sight(this, () => {
    this.#begin();
  });

  #phase: Phase = "waiting";
  #failure: string | null = null;
  #setting: Setting | null = null;
  /** What the live view was started with, as text; a change of it starts another. */
  #started = "";
  /** Whether it was seen or asked for, so that it is live wherever it is moved. */
  #wanted = false;
  #live: Live | null = null;
  /** Attributes that have changed since the live view was told of them. */
  readonly #news = new Set<string>();
  /** Whether it is to run as soon as it is live. */
  #runs = false;
  /** What the live view says; undefined until it has said so. */
  #step: number | null | undefined = undefined;
  #scheduled = false;

  constructor() {
    super();
    const shadow = this.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [styles()];
    this.#root.className = "pad";
    this.#root.append(this.#cover.root);
    shadow.append(this.#root);
    this.#cover.button.addEventListener("click", () => {
      if (this.#phase === "waiting") this.#begin();
      else if (this.#phase === "failed") void this.#start();
    });
  }

  connectedCallback(): void {
    this.#changes.observe(this, { childList: true, characterData: true, subtree: true });
    this.#changed();
  }

  disconnectedCallback(): void {
    this.#changes.disconnect();
    this.#sight.stop();
    this.#started = "";
    this.#stop();
  }

  /** Where the browser can move an element without taking it out (`moveBefore`), the view stays as it is. */
  connectedMoveCallback(): void {
    this.#changed();
  }

  attributeChangedCallback(name: string): void {
    this.#news.add(name);
    this.#changed();
  }

  /** The program: its cells, or the id of a stored one; null if there is none, or a recording. */
  get program(): EmbeddedProgram | null {
    const program = programOf(this);
    return "kind" in program || "recording" in program ? null : program;
  }

  /** The step that is looked at, by its index; null for the end. */
  get step(): number | null {
    return this.#step === undefined ? stepOf(this) : this.#step;
  }

  set step(step: number | null) {
    if (step === null) this.removeAttribute("step");
    else this.setAttribute("step", String(step));
  }

  /** Run the program, live. */
  run(): void {
    if (this.#phase === "live") this.#live?.tell({ type: "run" });
    else {
      this.#runs = true;
      if (this.#phase === "failed") void this.#start();
      else this.#begin();
    }
  }

  /** Stop the run that is under way. */
  stop(): void {
    this.#runs = false;
    if (this.#phase === "live") this.#live?.tell({ type: "stop" });
  }

  /** Look at attributes and content once, when all that changes with them has. */
  #changed(): void {
    if (this.#scheduled || !this.isConnected) return;
    this.#scheduled = true;
    const look = (): void => {
      this.#scheduled = false;
      if (this.isConnected) this.#look();
    };
    // While the page is read, the content may not be there yet.
    if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", look, { once: true });
    else queueMicrotask(look);
  }

  #look(): void {
    this.#size();
    const setting = settingOf(this, TensorPad.home, languageAt(this).strings);
    if (typeof setting === "string") {
      this.#setting = null;
      this.#started = "";
      this.#close();
      this.#fail("program", setting);
      return;
    }
    this.#setting = setting;
    const started = startOf(this, setting);
    if (started !== this.#started) {
      this.#started = started;
      this.#stop();
      if (this.#wanted) void this.#start();
    } else this.#tell();
    if (!this.#wanted) this.#sight.wait();
    this.#render();
  }

  #begin(): void {
    this.#sight.stop();
    if (this.#wanted) return;
    this.#wanted = true;
    void this.#start();
  }

  async #start(): Promise<void> {
    const setting = this.#setting;
    if (setting === null) return;
    this.#stop();
    this.#become("starting");
    this.#news.clear();
    const started = this.#started;
    const { lang, strings } = languageAt(this);
    const { server, program } = setting;
    const recorded = "recording" in program;
    const file = recorded ? await fetched(program.recording) : null;
    const address = recorded ? playerAddress(server) : await viewAddress(server, program, parametersOf(this, lang));
    // Meanwhile it may be something else, or have gone.
    if (started !== this.#started || !this.isConnected || this.#live !== null) return;
    if (recorded && file === null) {
      this.#fail("recording", strings.unread(program.recording));
      return;
    }
    const cargo: Cargo | null =
      file === null ? null : { type: "recording", bytes: file, options: optionsOf(this, setting, lang) };
    const runs = recorded || this.getAttribute("autoplay") !== "0";
    this.#live = new Live(
      address,
      this.title === "" ? strings.title : this.title,
      runs,
      {
        ready: () => {
          this.#show();
        },
        heard: (news) => {
          this.#hear(news);
        },
        silent: () => {
          this.#fail("unreachable", languageAt(this).strings.unreachable(new URL(server).host));
        },
      },
      cargo,
    );
    this.#size();
    this.#root.append(this.#live.frame);
  }

  #stop(): void {
    this.#close();
    this.#become("waiting");
  }

  #close(): void {
    this.#live?.close();
    this.#live = null;
    this.#step = undefined;
  }

  /** Take the picture away. */
  #show(): void {
    const focused = this.shadowRoot?.activeElement === this.#cover.button;
    this.#become("live");
    // Who pressed the button is now where it led; nobody else is moved.
    if (focused) this.#live?.frame.focus({ preventScroll: true });
    this.#tell();
    // Otherwise it runs by itself.
    if (this.#runs && this.getAttribute("autoplay") === "0") this.#live?.tell({ type: "run" });
    this.#runs = false;
  }

  #hear(news: News): void {
    if (news.type === "height") return;
    if (news.type === "step") {
      const { step } = news.detail;
      this.#step = typeof step === "number" ? step : null;
    }
    this.#send(news.type, news.detail);
  }

  /** Tell the live view what has changed since it was told last. */
  #tell(): void {
    if (this.#phase !== "live") return;
    for (const order of ordersOf(this, this.#news, languageAt(this).lang)) this.#live?.tell(order);
    this.#news.clear();
  }

  #fail(type: string, message: string): void {
    const again = this.#phase === "failed" && this.#failure === message;
    this.#become("failed", message);
    if (again) return;
    if (type !== "unreachable") warn(message, this);
    this.#send("error", { type, message });
  }

  #send(type: PadEvent, detail: Readonly<Record<string, unknown>>): void {
    this.dispatchEvent(new CustomEvent(`tensorpad:${type}`, { bubbles: true, composed: true, detail }));
  }

  #become(phase: Phase, failure: string | null = null): void {
    this.#phase = phase;
    this.#failure = failure;
    this.#render();
  }

  #render(): void {
    this.#root.dataset["phase"] = this.#phase;
    this.#cover.show(this, this.#setting, this.#phase, this.#failure);
  }

  #size(): void {
    const fixed = size(this.#root, pixelsOf(this, "height"), pixelsOf(this, "min-height"));
    this.#live?.resize(fixed);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    "tensor-pad": TensorPad;
  }
}
