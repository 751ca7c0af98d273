import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import type { RunResponse } from "../api/schema.ts";
import { AUTOGRAD } from "./examples/autograd.ts";
import { program } from "./examples/example.ts";
import { locale } from "../i18n/index.ts";
import type { Progress } from "../run/redrawing.ts";
import { holdsState } from "../share/fragment.ts";
import { cellsOfFile } from "../share/files-in.ts";
import { opening } from "../share/opening.ts";
import { blank } from "../run/notebook.ts";
import type { SharedState } from "../share/state.ts";
import { Keeper } from "../share/keeper.ts";
import { parts } from "../ui/parts.ts";
import { base } from "../ui/styles.ts";
import { DeskElement } from "../share/base.ts";
import type { Sent } from "../ui/events.ts";
import { visible } from "../ui/text/visible.ts";
import type { GalleryChoice } from "./events.ts";

import "./tp-toast.ts";

const GALLERY = (): Promise<unknown> => import("./tp-gallery.ts");
const SHARE = (): Promise<unknown> => import("../share/tp-share.ts");

/** What has happened to the program, and the way back. */
interface Toast {
  readonly text: string;
  readonly back: {
    readonly action: string;
    readonly state: SharedState;
    readonly came: readonly string[] | null;
  } | null;
}

/**
 * Where programs come from and go to: the address, this browser's drafts, the gallery, and the dialog that shares. Sends
 * `tp-program` with the state that the page is to show, first of all with the one that it opens on.
 */
@customElement("tp-library")
export class TpLibrary extends DeskElement {
  static override styles = [base];

  /** The page as it is now. */
  @property({ attribute: false }) state: SharedState = { cells: [] };
  @property({ attribute: false }) response: RunResponse | null = null;
  @property() graph: string | null = null;
  /** The state of the drawing of that graph; null if it is drawn. */
  @property() progress: Progress | null = null;
  /** Whether the service stores programs; null if it has not said. */
  @property({ attribute: false }) stores: boolean | null = null;

  @state() private dialog: "gallery" | "share" | null = null;
  @state() private toast: Toast | null = null;

  readonly #keeper: Keeper = new Keeper(
    this,
    () => this.state,
    () => home().cells,
    () => {
      this.toast ??= { text: this.words.notKept, back: null };
    },
  );

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.#followLink);
    window.addEventListener("dragover", allow);
    window.addEventListener("drop", this.#drop);
    window.addEventListener("paste", this.#paste);
    void this.#open();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.#followLink);
    window.removeEventListener("dragover", allow);
    window.removeEventListener("drop", this.#drop);
    window.removeEventListener("paste", this.#paste);
  }

  /** Show the gallery. */
  examples(): void {
    parts.load(GALLERY, () => {
      this.dialog = "gallery";
    });
  }

  /** Show the ways to share the program. */
  share(): void {
    parts.load(SHARE, () => {
      this.dialog = "share";
    });
  }

  /** Begin with nothing; the program can be had back. */
  clear(): void {
    if (blank(this.state.cells)) return;
    this.#replace({ cells: [""] }, null, this.words.cleared, this.t.undo);
  }

  protected override render(): TemplateResult {
    const forget = (): void => {
      this.toast = null;
    };
    return html`${this.#dialog()}
      <tp-toast
        .text=${this.toast?.text ?? null}
        .action=${this.toast?.back?.action ?? null}
        .passing=${this.toast !== null && this.toast.back !== null}
        @tp-toast-action=${this.#takeBack}
        @tp-toast-closed=${forget}
        @tp-toast-left=${forget}
      ></tp-toast>`;
  }

  #dialog(): TemplateResult | typeof nothing {
    const close = (): void => {
      this.dialog = null;
    };
    switch (this.dialog) {
      case null:
        return nothing;
      case "gallery":
        return html`<tp-gallery
          .earlier=${this.#keeper.drafts.earlier}
          @tp-closed=${close}
          @tp-chosen=${(event: Sent<"tp-chosen">) => {
            this.#choose(event.detail);
          }}
          @tp-file=${({ detail }: Sent<"tp-file">) => {
            void this.#take(detail);
          }}
          @tp-clear=${(event: Event) => {
            event.stopPropagation();
            this.clear();
          }}
        ></tp-gallery>`;
      case "share":
        return html`<tp-share
          .state=${this.state}
          .response=${this.response}
          .graph=${this.graph}
          .progress=${this.progress}
          .stores=${this.stores}
          @tp-closed=${close}
        ></tp-share>`;
    }
  }

  #choose({ title, state }: GalleryChoice): void {
    const text = title === null ? this.words.openedEarlier : this.words.opened(title);
    this.#replace(state, title === null ? null : state.cells, text, this.words.bringBack);
  }

  /** Replace the program. One that nobody has worked on is replaced without a message. */
  #replace(state: SharedState, came: readonly string[] | null, text: string, action: string): void {
    const worth = this.#keeper.worked || came === null;
    const toast = { text, back: this.#wayBack(action) };
    this.#keeper.setAside();
    this.#give(state, came);
    this.toast = worth ? toast : null;
  }

  /** Bring the program back that was replaced. What was typed since is not lost: it can be had again the same way. */
  readonly #takeBack = (): void => {
    const back = this.toast?.back;
    this.toast = null;
    if (back === null || back === undefined) return;
    if (this.#keeper.worked) this.toast = { text: this.words.broughtBack, back: this.#wayBack(this.t.redo) };
    this.#keeper.setAside();
    this.#give(back.state, back.came);
  };

  /** The way back to the program as it is now. */
  #wayBack(action: string): NonNullable<Toast["back"]> {
    return { action, state: this.state, came: this.#keeper.came };
  }

  #give(state: SharedState, came: readonly string[] | null, quiet = false): void {
    this.#keeper.took(came, quiet);
    this.emit("tp-program", state);
  }

  /** Open a notebook or a Python file. */
  async #take(file: File): Promise<void> {
    const cells = cellsOfFile(file.name, await file.text());
    if (cells === null) this.toast = { text: this.words.fileUnread(visible(file.name)), back: null };
    else this.#replace({ cells }, null, this.words.opened(visible(file.name)), this.words.bringBack);
  }

  readonly #drop = (event: DragEvent): void => {
    const file = event.dataTransfer?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void this.#take(file);
  };

  /** A file that is pasted; text that is pasted is the editor's. */
  readonly #paste = (event: ClipboardEvent): void => {
    const file = event.clipboardData?.files[0];
    if (file === undefined) return;
    event.preventDefault();
    void this.#take(file);
  };

  /** A link that is followed on the open page. */
  readonly #followLink = (): void => {
    if (!holdsState(location.hash)) return;
    this.#keeper.setAside();
    void this.#open();
  };

  async #open(): Promise<void> {
    const found = await opening(location, history.state, this.#keeper.drafts, home());
    const { lang } = found.state;
    if (lang !== undefined && !new URLSearchParams(location.search).has("lang")) locale.set(lang);
    this.#give(found.state, found.own ? null : found.state.cells, true);
    if (found.trouble !== null) this.toast = { text: this.words.trouble[found.trouble], back: null };
    if (found.displaced !== null) {
      this.#keeper.drafts.setAside(found.displaced);
      this.toast = {
        text: this.words.displaced,
        back: { action: this.words.bringBack, state: found.displaced, came: null },
      };
    }
  }
}

/** A browser leaves a file that is dropped to the page only if the page says so. */
function allow(event: DragEvent): void {
  if (event.dataTransfer?.types.includes("Files") === true) event.preventDefault();
}

/** What the bare address opens. */
function home(): SharedState {
  return { cells: program(AUTOGRAD, locale.lang) };
}
