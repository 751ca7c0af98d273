import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";

import {
  cameFrom,
  drawnShape,
  feeds,
  indexText,
  isGhost,
  type Operand,
  originOf,
  type Broadcast,
  broadcastOf,
  sourceOf,
  symbolOf,
} from "./broadcast.ts";
import { NOTHING, type Shown, shownValues } from "./shown.ts";
import { base, controls } from "../ui/styles.ts";
import { visible } from "../ui/text/visible.ts";
import { operationsAt } from "../timeline/operations.ts";
import { isOtherRun, type Timeline } from "../timeline/timeline.ts";
import { shownIndices, shapeText } from "../numbers/grid.ts";
import { TpElement } from "../ui/base.ts";
import type { Sent } from "../ui/events.ts";
import type { DrawnCell } from "./tp-broadcast-grid.ts";
import { look } from "./tp-broadcast.styles.ts";

import "./tp-broadcast-grid.ts";
import "./tp-broadcast-shapes.ts";
import "../ui/tp-text.ts";

/** So many rows and columns of a matrix are shown. */
const SIDE = 7;

/** What is pointed at: a cell of the result, or an element of an operand. */
type Active =
  | { readonly kind: "result"; readonly cell: readonly number[] }
  | { readonly kind: "source"; readonly operand: Operand; readonly element: readonly number[] };

/** How the operation at a step was broadcast: shapes aligned, copies as ghosts, the result cell by cell. Else nothing. */
@customElement("tp-broadcast")
export class TpBroadcast extends TpElement {
  static override styles = [base, controls, look];

  @property({ attribute: false }) timeline: Timeline | null = null;
  @property({ attribute: false }) step: number | null = null;
  @state() private active: Active | null = null;
  /** The indices of the result's dimensions before the last two. */
  @state() private leading: readonly number[] = [];
  private picture: Broadcast | null = null;
  /** The values of the operands before the step, by the index of the input; those of the result. */
  #before: ReadonlyMap<number, Shown> = new Map();
  #after: Shown = NOTHING;

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has("timeline") && !changed.has("step")) return;
    const other = changed.has("step") || isOtherRun(changed.get("timeline"), this.timeline);
    this.picture =
      this.timeline === null
        ? null
        : (operationsAt(this.timeline, this.step)
            .map(broadcastOf)
            .find((broadcast) => broadcast !== null) ?? null);
    this.#look();
    if (!other) return;
    this.active = null;
    this.leading = (this.picture?.result.slice(0, -2) ?? []).map(() => 0);
  }

  #look(): void {
    const { timeline, picture, step } = this;
    if (timeline === null || picture === null) return;
    const { operation, operands, result } = picture;
    this.#before = new Map(
      operands.map(({ input, id, shape }) => [input, shownValues(timeline, id, shape, step, "before")]),
    );
    this.#after = shownValues(timeline, operation.outputs[0] ?? "", result, step, "after");
  }

  protected override render(): TemplateResult | typeof nothing {
    const { picture, timeline } = this;
    if (picture === null || timeline === null) return nothing;
    const { operands, result, operation } = picture;
    const words = this.t.broadcast;
    const symbol = symbolOf(operation);
    return html`<section aria-label=${words.title}>
      <h3>
        ${words.title}
        ${operation.expression === null ? nothing : html`<code><tp-text .text=${operation.expression}></tp-text></code>`}
      </h3>
      <div class="sides">
        <tp-broadcast-shapes
          .operands=${operands.map((operand) => ({ name: this.#name(operand), operand }))}
          .result=${result}
        ></tp-broadcast-shapes>
        <div class="picture">
          ${result.length > 2 ? this.#choice(result) : nothing}
          <div class="stage">
            ${operands.map(
              (operand, at) =>
                html`${at === 0 ? nothing : html`<span class="sign" aria-hidden="true">${symbol ?? ","}</span>`}
                ${this.#operand(operand)}`,
            )}
            <span class="sign" aria-hidden="true">${operands.length > 1 ? "=" : "→"}</span>
            ${this.#result(timeline, picture)}
          </div>
          <p class="reading"><tp-text .text=${this.#reading(picture)}></tp-text></p>
          <p class="note">${words.ghosts}</p>
        </div>
      </div>
    </section>`;
  }

  #choice(result: readonly number[]): TemplateResult {
    return html`<div class="choose">
      [${result.slice(0, -2).map(
        (size, dimension) =>
          html`<select
              aria-label=${this.t.broadcast.leading(dimension)}
              @change=${(event: Event) => {
                if (!(event.target instanceof HTMLSelectElement)) return;
                this.leading = this.leading.with(dimension, event.target.selectedIndex);
                this.active = null;
              }}
            >
              ${Array.from(
                { length: Math.min(size, 1_000) },
                (_, index) => html`<option ?selected=${index === this.leading[dimension]}>${index}</option>`,
              )}</select
            >,`,
      )}
      :, :]
    </div>`;
  }

  #operand(operand: Operand): TemplateResult {
    const shape = drawnShape(operand);
    const shown = this.#shown(operand);
    const label = this.t.broadcast.valuesOf(visible(this.#name(operand)), shapeText(shape));
    const cell = (index: readonly number[]): DrawnCell => ({
      ...shown.cell(sourceOf(operand, index)),
      ghost: isGhost(operand, index),
      lit: this.#lights(operand, index),
      label: "",
    });
    return html`<figure>
      <figcaption>
        <tp-text .text=${this.#name(operand)}></tp-text> <span class="facts">${shapeText(operand.shape)}</span>
      </figcaption>
      ${this.#grid(shape, label, cell, false, (index) => ({
        kind: "source",
        operand,
        element: sourceOf(operand, index),
      }))}
    </figure>`;
  }

  #result(timeline: Timeline, picture: Broadcast): TemplateResult {
    const { operation, result } = picture;
    const words = this.t.broadcast;
    const cell = (index: readonly number[]): DrawnCell => ({
      ...this.#after.cell(index),
      ghost: false,
      lit: this.#litResult(index),
      label: this.#told(picture, index),
    });
    return html`<figure>
      <figcaption>
        <tp-text .text=${timeline.nameOf(operation.outputs[0] ?? "", this.step) ?? words.result}></tp-text>
        <span class="facts">${shapeText(result)}</span>
      </figcaption>
      ${this.#grid(result, words.resultValues(shapeText(result)), cell, true, (index) => ({
        kind: "result",
        cell: index,
      }))}
    </figure>`;
  }

  #grid(
    shape: readonly number[],
    label: string,
    cell: (index: readonly number[]) => DrawnCell,
    reachable: boolean,
    active: (index: readonly number[]) => Active,
  ): TemplateResult {
    const index = (row: number, column: number): number[] =>
      shape.length === 1 ? [column] : [...this.leading, row, column];
    return html`<tp-broadcast-grid
      .rows=${shape.length === 1 ? [0] : shownIndices(shape.at(-2) ?? 1, SIDE)}
      .columns=${shownIndices(shape.at(-1) ?? 1, SIDE)}
      .cellAt=${(row: number, column: number) => cell(index(row, column))}
      .label=${label}
      .reachable=${reachable}
      .counted=${shape.length > 1}
      @tp-pointed=${(event: Sent<"tp-pointed">) => {
        const pointed = event.detail;
        this.active = pointed === null ? null : active(index(pointed.row, pointed.column));
      }}
    ></tp-broadcast-grid>`;
  }

  #shown(operand: Operand): Shown {
    return this.#before.get(operand.input) ?? NOTHING;
  }

  #lights(operand: Operand, index: readonly number[]): boolean {
    const { active } = this;
    if (active === null) return false;
    if (active.kind === "result") return feeds(operand, index, active.cell);
    return active.operand === operand && sourceOf(operand, index).join() === active.element.join();
  }

  #litResult(index: readonly number[]): boolean {
    const { active } = this;
    if (active === null) return false;
    return active.kind === "result"
      ? active.cell.join() === index.join()
      : cameFrom(active.operand, active.element, index);
  }

  #reading(picture: Broadcast): string {
    const { active } = this;
    const words = this.t.broadcast;
    if (active === null) return words.hint;
    if (active.kind === "result") return this.#told(picture, active.cell);
    const { operand, element } = active;
    const cells = operand.fates.reduce(
      (count, { kind, size }, dimension) =>
        kind === "stretched" || kind === "added"
          ? count * size
          : kind === "summed"
            ? count * (picture.result[dimension] ?? 1)
            : count,
      1,
    );
    return words.feeds(`${this.#name(operand)}${indexText(element)}${this.#shown(operand).equals(element)}`, cells);
  }

  /** The elements that a cell of the result came from, as a sentence. */
  #told(picture: Broadcast, cell: readonly number[]): string {
    const words = this.t.broadcast;
    const sources = picture.operands.map((operand) => {
      const origin = originOf(operand, cell);
      const known = origin.filter((i) => i !== null);
      const equals = known.length === origin.length ? this.#shown(operand).equals(known) : "";
      return `${visible(this.#name(operand))}${indexText(origin)}${equals}`;
    });
    return words.from(`${words.result}${indexText(cell)}`, this.#after.cell(cell).text, sources.join(words.and));
  }

  #name({ id }: Operand): string {
    return (this.timeline === null ? null : this.timeline.nameOf(id, this.step)) ?? this.t.broadcast.unnamed;
  }
}
