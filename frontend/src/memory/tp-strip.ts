import { html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";

import { tensorTarget } from "../timeline/lights.ts";
import type { StripLine } from "./lines.ts";
import { addressText, elementsAt, type Index, repeats } from "./layout.ts";
import type { StorageWindow } from "./storages.ts";
import { type Strip, shortDtype } from "./strip.ts";
import type { Writing } from "./writing.ts";
import { badges, base } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import { elementAt } from "../numbers/elements.ts";
import { shapeText } from "../numbers/grid.ts";
import { isIntegral, texts } from "../numbers/text.ts";
import { tintStyle } from "../numbers/scale.ts";
import { TpElement } from "../ui/base.ts";
import { look } from "./tp-strip.styles.ts";

import "../ui/tp-text.ts";
import { isTensor } from "../timeline/member.ts";

/** One line of a storage: its elements, and under them each window. Sends `tp-unit` (a unit, or null) and `tp-target`. */
@customElement("tp-strip")
export class TpStrip extends TpElement {
  static override styles = [base, badges, look];

  @property({ attribute: false }) strip!: Strip;
  @property({ attribute: false }) writing!: Writing;
  @property({ attribute: false }) windows: readonly StorageWindow[] = [];
  @property({ attribute: false }) line: StripLine = { from: 0, to: 0 };
  /** What is said of an element. */
  @property({ attribute: false }) told: (unit: number) => string = String;
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();
  /** The unit that is pointed at, here or in another line. */
  @property({ attribute: false }) pointed: number | null = null;
  @property({ attribute: false }) moment: unknown = null;
  /** Whether the windows are named alone, as a line before has said the rest. */
  @property({ type: Boolean }) brief = false;
  @state() private at: number | null = null;

  protected override render(): TemplateResult {
    const { from, to } = this.line;
    const { span } = this.strip;
    return html`${keyed(
      this.moment,
      html`<table
        role="grid"
        aria-label=${this.t.memory.line(Math.floor(from / span), Math.ceil(to / span) - 1)}
        @pointerleave=${() => {
          this.emit("tp-unit", null);
        }}
        @keydown=${this.#key}
      >
        <colgroup>
          <col span=${to - from} />
          <col class="rest" />
        </colgroup>
        <tbody class="positions">
          <tr>
            ${this.#starts().map(({ unit, width }) => html`<td colspan=${width}>${Math.floor(unit / span)}</td>`)}
          </tr>
        </tbody>
        <tbody class="strip">
          <tr>
            ${this.#starts().map(({ unit, width }) => this.#element(unit, width))}
          </tr>
        </tbody>
        ${this.windows.filter((window) => !this.brief || this.#reaches(window)).map((window) => this.#window(window))}
      </table>`,
    )}`;
  }

  /** The elements of the strip that are in this line, the first of which may have begun before it. */
  #starts(): { unit: number; width: number }[] {
    const { from, to } = this.line;
    const { span } = this.strip;
    const found: { unit: number; width: number }[] = [];
    for (let unit = Math.floor(from / span) * span; unit < to; unit += span)
      found.push({ unit, width: Math.min(to, unit + span) - Math.max(from, unit) });
    return found;
  }

  #element(unit: number, width: number): TemplateResult {
    const text = this.writing.text(unit);
    const was = this.writing.was(unit);
    const element = this.strip.element(unit);
    const first = this.#starts()[0]?.unit;
    return html`<td
      colspan=${width}
      class="${text === null ? "unknown" : ""} ${was === null ? "" : "changed"} ${this.#isPointed(unit, this.strip.span) ? "pointed" : ""}"
      style=${element === null ? nothing : tintStyle(element, this.writing.scale)}
      data-unit=${unit}
      tabindex=${unit === (this.at ?? first) ? 0 : -1}
      aria-label=${this.told(unit)}
      @pointerenter=${() => {
        this.emit("tp-unit", unit);
      }}
      @focus=${() => {
        this.at = unit;
        this.emit("tp-unit", unit);
      }}
      @blur=${() => {
        this.emit("tp-unit", null);
      }}
    >
      ${was === null ? nothing : html`<s data-was=${was}></s>`}${text ?? "·"}
    </td>`;
  }

  #window(window: StorageWindow): TemplateResult {
    const quiet = window.names.length === 0 ? "quiet" : "";
    const array = isTensor(window.member) ? "" : "array";
    return html`<tbody
      class="window ${quiet} ${array} ${this.lit.has(window.id) ? "lit" : ""}"
      ?data-lit=${this.lit.has(window.id)}
    >
      <tr
        @pointerenter=${() => {
          this.#point(window.id, false);
        }}
        @pointerleave=${() => {
          this.#point(null, false);
        }}
      >
        <th class="label" colspan=${this.line.to - this.line.from + 1} scope="rowgroup">${this.#label(window)}</th>
      </tr>
      <tr>
        ${this.#cells(window)}
      </tr>
    </tbody>`;
  }

  #label(window: StorageWindow): TemplateResult {
    const words = this.t.memory;
    const { origin, counter, member, layout } = window;
    const expression = origin.expression;
    const name = window.names.length > 0 ? window.names.join(" = ") : (expression ?? words.unnamed);
    const button = html`<button
      type="button"
      class="name"
      title=${words.show(visible(name))}
      @click=${() => {
        this.#point(window.id, true);
      }}
    >
      <tp-text .text=${name}></tp-text>
    </button>`;
    if (this.brief) return html`<div class="what">${button}</div>`;
    const address = addressText(layout);
    const times = repeats(layout);
    return html`<div class="what">
        ${button}
        <span class="badge ${origin.kind === "array" ? "parameter" : origin.kind === "own" ? "" : "leaf"}"
          ><tp-text .text=${this.#origin(window)}></tp-text
        ></span>
        ${
          counter === null
            ? nothing
            : counter.before === null
              ? html`<span class="badge" title=${words.versionLong(counter.value)}
                  >${words.version(counter.value)}</span
                >`
              : html`<span class="badge gradient ticked">${words.ticked(counter.before, counter.value)}</span>`
        }
        ${window.fresh ? html`<span class="badge good">${words.fresh}</span>` : nothing}
        ${window.relaid ? html`<span class="badge gradient">${words.relaid}</span>` : nothing}
        ${window.changed ? html`<span class="badge gradient">${words.written}</span>` : nothing}
        ${
          expression === null || window.names.length === 0
            ? nothing
            : html`<code class="expression"><tp-text .text=${expression}></tp-text></code>`
        }
      </div>
      <div class="facts">
        ${shapeText(member.layout.shape)} · ${words.stride}
        ${shapeText(layout.strides.map((bytes) => bytes / layout.itemsize))}
        ${address === null ? nothing : html`· ${address}`} ${times > 1 ? html`· ${words.times(times)}` : nothing}
        ${shortDtype(member.layout.dtype) === this.strip.dtype ? nothing : html`· ${shortDtype(member.layout.dtype)}`}
      </div>`;
  }

  #origin({ origin }: StorageWindow): string {
    const { origins } = this.t.memory;
    if (origin.kind === "view" && origin.of !== null) return origins.viewOf(visible(origin.of));
    return origins[origin.kind];
  }

  /** Which elements of this line a window sees, each with its index there. */
  #cells(window: StorageWindow): TemplateResult[] {
    const { from, to } = this.line;
    const { unit } = this.strip;
    const span = window.layout.itemsize / unit;
    const found: TemplateResult[] = [];
    for (let at = from; at < to;) {
      let start = at;
      let [first, ...more] = elementsAt(window.layout, start * unit);
      // Only the first can have begun in the line before.
      while (first === undefined && at === from && start > from - span + 1 && start > 0)
        [first, ...more] = elementsAt(window.layout, --start * unit);
      if (first === undefined) {
        found.push(html`<td class=${this.#isPointed(at, 1) ? "pointed" : ""}></td>`);
        at += 1;
        continue;
      }
      const end = Math.min(to, start + span);
      found.push(this.#seen(window, start, end - at, first, more.length));
      at = end;
    }
    return found;
  }

  #seen(window: StorageWindow, unit: number, width: number, index: Index, more: number): TemplateResult {
    const same = shortDtype(window.member.layout.dtype) === this.strip.dtype;
    const where = index.map((i) => i ?? ":").join(",");
    const changed = window.changed && this.#changed(unit, width);
    return html`<td
      colspan=${width}
      class="seen ${changed ? "changed" : ""} ${this.#isPointed(unit, width) ? "pointed" : ""}"
      title="[${where}]"
      @pointerenter=${() => {
        this.emit("tp-unit", Math.floor(unit / this.strip.span) * this.strip.span);
      }}
    >
      ${same ? where : value(window, index)}${more > 0 ? html`<small>+${more}</small>` : nothing}
    </td>`;
  }

  /** Whether a window sees anything of this line. */
  #reaches(window: StorageWindow): boolean {
    const { from, to } = this.line;
    const { unit } = this.strip;
    const span = window.layout.itemsize / unit;
    for (let at = Math.max(0, Math.ceil(from - span + 1)); at < to; at++)
      if (elementsAt(window.layout, at * unit).length > 0) return true;
    return false;
  }

  #changed(unit: number, width: number): boolean {
    const { span } = this.strip;
    for (let at = Math.floor(unit / span) * span; at < unit + width; at += span)
      if (this.strip.was(at) !== null) return true;
    return false;
  }

  #isPointed(unit: number, width: number): boolean {
    const { pointed } = this;
    return pointed !== null && pointed < unit + width && unit < pointed + this.strip.span;
  }

  #key(event: KeyboardEvent): void {
    const { span } = this.strip;
    const by = { ArrowLeft: -span, ArrowRight: span }[event.key];
    const now = this.at ?? this.#starts()[0]?.unit;
    if (by === undefined || now === undefined) return;
    event.preventDefault();
    this.renderRoot.querySelector<HTMLElement>(`[data-unit="${now + by}"]`)?.focus();
  }

  #point(tensor: string | null, pin: boolean): void {
    this.emit("tp-target", { target: tensorTarget(tensor), pin });
  }
}

/** What a window of another dtype than the strip's reads there. */
function value(window: StorageWindow, index: Index): string {
  const found = elementAt(
    window.version.values,
    window.member.layout.shape,
    index.map((i) => i ?? 0),
  );
  return found === null ? "·" : (texts([found], isIntegral(window.member.layout.dtype))[0] ?? "·");
}
