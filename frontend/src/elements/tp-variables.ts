import { css, html, nothing, type TemplateResult } from "lit";
import { customElement, property, state } from "lit/decorators.js";
import { repeat } from "lit/directives/repeat.js";

import type { RunResponse } from "../api/schema.ts";
import { base, controls } from "../styles/shared.ts";
import { holdingsAt, type Holding } from "../timeline/holdings.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { TpElement } from "./base.ts";
import type { Relative } from "./tp-tensor-card.ts";

import "./tp-tensor-card.ts";
import "./tp-text.ts";

/** What a program left behind: a card for each tensor that has a name, a row for each other value. */
@customElement("tp-variables")
export class TpVariables extends TpElement {
  static override styles = [
    base,
    controls,
    css`
      h2 {
        margin-bottom: 8px;
      }
      .cards {
        display: grid;
        gap: 10px;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 330px), 1fr));
        align-items: start;
      }
      .others {
        margin-top: 12px;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font: 12.5px/1.5 var(--mono);
        table-layout: fixed;
      }
      td,
      th {
        padding: 3px 8px;
        border-bottom: 1px solid var(--line);
        font-weight: 400;
        text-align: left;
        overflow-wrap: anywhere;
        vertical-align: top;
      }
      th {
        width: 24%;
        font-weight: 650;
      }
      td.type {
        width: 22%;
        color: var(--muted);
      }
      td.text {
        max-height: 6em;
        white-space: pre-wrap;
      }
      details {
        margin-top: 12px;
      }
      details .cards {
        margin-top: 8px;
      }
      .none,
      .cut {
        color: var(--muted);
      }
      .cut {
        margin-top: 10px;
        font-size: 12px;
      }
    `,
  ];

  @property({ attribute: false }) timeline: Timeline | null = null;
  /** The step that is shown; null: the end. */
  @property({ attribute: false }) step: number | null = null;
  @property({ attribute: false }) lit: ReadonlySet<string> = new Set();
  @property({ attribute: false }) pinned: ReadonlySet<string> = new Set();
  @state() private unnamedShown = false;

  protected override render(): TemplateResult {
    return html`<h2>${this.t.variables}</h2>
      ${this.timeline === null ? html`<p class="none">${this.t.noVariables}</p>` : this.#all(this.timeline)}`;
  }

  #all(timeline: Timeline): TemplateResult {
    const { response } = timeline;
    const holdings = holdingsAt(timeline, this.step);
    const named = holdings.filter(({ names }) => names.length > 0);
    const unnamed = holdings.filter(({ names }) => names.length === 0);
    return html`${this.#cards(response, named)} ${this.#others(timeline)}
    ${
      unnamed.length === 0
        ? nothing
        : html`<details
            @toggle=${(event: Event) => {
              this.unnamedShown = event.currentTarget instanceof HTMLDetailsElement && event.currentTarget.open;
            }}
          >
            <summary>${this.t.intermediates(unnamed.length)}</summary>
            ${this.unnamedShown ? this.#cards(response, unnamed) : nothing}
          </details>`
    }
    ${response.truncated.map(({ what, limit }) => html`<p class="cut">${this.t.truncated(what, limit)}</p>`)}`;
  }

  #cards(response: RunResponse, holdings: readonly Holding[]): TemplateResult {
    return html`<div class="cards">
      ${repeat(
        holdings,
        ({ id }) => id,
        ({ member, names, version, gradient }) => {
          if (!("view_of" in member)) return nothing;
          const grad = gradient?.kept === true ? gradient.values : null;
          const tensor = { ...member, names: [...names], values: version.values, version: version.counter, grad };
          const storage = response.storages.find((found) => found.id === tensor.storage) ?? null;
          const sharing = (storage?.members ?? []).filter((id) => id !== tensor.id && id !== tensor.view_of);
          return html`<tp-tensor-card
            .tensor=${tensor}
            .storage=${storage}
            .sharing=${sharing.map((id) => named(response, id)).filter((other) => other !== null)}
            .origin=${tensor.view_of === null ? null : origin(response, tensor.view_of, this.t.unnamed)}
            .lit=${this.lit.has(tensor.id)}
            .pinned=${this.pinned.has(tensor.id)}
          ></tp-tensor-card>`;
        },
      )}
    </div>`;
  }

  #others(timeline: Timeline): TemplateResult | typeof nothing {
    const names = timeline.frames(this.step).flatMap((frame) => frame.names);
    const others = names.filter(({ value }) => value === null);
    if (others.length === 0) return nothing;
    return html`<table class="others">
      <caption class="unseen">
        ${this.t.otherVariables}
      </caption>
      <tbody>
        ${others.map(
          ({ name, type, text }) =>
            html`<tr>
              <th scope="row"><tp-text .text=${name}></tp-text></th>
              <td class="type"><tp-text .text=${type}></tp-text></td>
              <td class="text"><tp-text .text=${text ?? ""}></tp-text></td>
            </tr>`,
        )}
      </tbody>
    </table>`;
  }
}

/** The other tensor by its names; null for one that has none. */
function named(response: RunResponse, id: string): Relative | null {
  const name = response.tensors.find((tensor) => tensor.id === id)?.names.join(" = ") ?? "";
  return name === "" ? null : { id, name };
}

/** The tensor that a view looks at: by its names, or else by the expression that made it. */
function origin(response: RunResponse, id: string, unnamed: string): Relative {
  const step = response.steps.find((found) => found.outputs.includes(id));
  return named(response, id) ?? { id, name: step?.expression ?? unnamed };
}
