/** What a lesson asks, as it is answered with a pen. */

import { html, type TemplateResult } from "lit";

import type { Gate, ParsonsBlock } from "../api/schema.ts";
import { questionLines } from "../gates/comments.ts";
import { shuffled } from "../gates/choices.ts";
import { questionOf } from "../gates/tp-gate-form.ts";
import type { Strings } from "../i18n/index.ts";
import { poolOf } from "./parsons.ts";

import "../ui/tp-prose.ts";

/** A question of a program, and what a person may choose from; nothing if they write their answer. */
export interface PaperQuestion {
  readonly kind: NonNullable<Gate["kind"]>;
  readonly target: string;
  /** The line of code that it comes after. */
  readonly line: number;
  readonly options: readonly string[];
}

const QUESTION = /^\s*#\?\s*(shape|dtype|value|grad|shares|raises|which)\b\s*(.*)$/;
const OPTION = /^\s*#\?\s*[=~]\s*(.*?)(?:\s+--\s.*)?$/;

/** The questions in a program's comments. */
export function questionsIn(code: string): readonly PaperQuestion[] {
  const lines = code.split("\n");
  const questions: (PaperQuestion & { options: string[] })[] = [];
  for (const { first, last } of questionLines(code))
    for (const text of lines.slice(first - 1, last)) {
      const [, kind, target = ""] = QUESTION.exec(text) ?? [];
      const option = OPTION.exec(text)?.[1];
      if (kind !== undefined)
        questions.push({ kind: kind as PaperQuestion["kind"], target: target.trim(), line: first - 1, options: [] });
      else if (option !== undefined && questions.at(-1)?.kind === "which") questions.at(-1)?.options.push(option);
    }
  return questions.map((one) => ({ ...one, options: shuffled(one.options, one.target) }));
}

/** The questions of a program, with room for the answers. */
export function paperQuestions(code: string, t: Strings): TemplateResult {
  return html`<ol class="questions">
    ${questionsIn(code).map(
      (question) =>
        html`<li>
          <tp-prose .text=${questionOf(question, t)}></tp-prose>
          <span class="after"
            >(${question.kind === "raises" ? t.gates.at(question.line + 1) : t.gates.after(question.line)})</span
          >
          ${
            question.options.length === 0
              ? html`<div class="blank"></div>`
              : html`<ul>
                  ${question.options.map((option) => html`<li><tp-prose .text=${option}></tp-prose></li>`)}
                </ul>`
          }
        </li>`,
    )}
  </ol>`;
}

/** Lines to be put in order, in none. */
export function paperLines({ lines }: ParsonsBlock): TemplateResult {
  return html`<ul class="pool">
    ${poolOf(lines, []).map((at) => html`<li><code>${lines[at]?.text}</code></li>`)}
  </ul>`;
}
