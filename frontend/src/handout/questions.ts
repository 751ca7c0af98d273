/** The gates of a program, asked one after the other before its run is shown. */

import type { Gate } from "../api/schema.ts";
import { isRight, remark, rightAnswer } from "../gates/answers.ts";
import { answerText, choicesOf } from "../gates/choices.ts";
import type { gates as english } from "../i18n/en/gates.ts";

export type Words = (typeof english)["gates"];

/** Asks the gates inside an element, and calls `answered` for each and `done` after the last. */
export class Questions {
  readonly #host: HTMLElement;
  readonly #gates: readonly Gate[];
  readonly #words: Words;
  readonly #answered: (index: number, given: string) => void;
  readonly #done: () => void;

  constructor(
    host: HTMLElement,
    gates: readonly Gate[],
    words: Words,
    answered: (index: number, given: string) => void,
    done: () => void,
  ) {
    this.#host = host;
    this.#gates = gates;
    this.#words = words;
    this.#answered = answered;
    this.#done = done;
  }

  /** Ask from the first gate on that `known` has no answer to; the others show theirs. */
  start(known: (index: number) => string | undefined): void {
    for (const [index, gate] of this.#gates.entries()) {
      const given = known(index);
      if (given === undefined) {
        this.#ask(index);
        return;
      }
      this.#reveal(gate, given);
    }
    this.#done();
  }

  #ask(index: number): void {
    const gate = this.#gates[index];
    if (gate === undefined) {
      this.#done();
      return;
    }
    const form = document.createElement("form");
    const field = form.appendChild(document.createElement("fieldset"));
    coded(field.appendChild(document.createElement("legend")), questionOf(gate, this.#words));
    const choices = choicesOf(gate);
    if (choices === null) {
      const input = field.appendChild(document.createElement("input"));
      input.name = "answer";
      input.required = true;
      input.autocomplete = "off";
      input.setAttribute("aria-label", this.#words.yours);
      input.placeholder = gate.kind === "shape" ? this.#words.shapeHint : this.#words.valueHint;
    } else {
      for (const { given, text } of choices) {
        const label = field.appendChild(document.createElement("label"));
        const radio = label.appendChild(document.createElement("input"));
        Object.assign(radio, { type: "radio", name: "answer", value: given, required: true });
        coded(label.appendChild(document.createElement("span")), text === null ? given : this.#words[text]);
      }
    }
    const button = form.appendChild(document.createElement("button"));
    button.textContent = this.#words.predict;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      const answer = new FormData(form).get("answer");
      const given = typeof answer === "string" ? answer : "";
      form.remove();
      const reveal = this.#reveal(gate, given);
      this.#answered(index, given);
      reveal.focus();
      this.#ask(index + 1);
    });
    this.#host.append(form);
  }

  #reveal(gate: Gate, given: string): HTMLElement {
    const right = isRight(gate, given);
    const box = document.createElement("div");
    box.className = right ? "reveal right" : "reveal missed";
    box.tabIndex = -1;
    box.setAttribute("role", "status");
    const words = this.#words;
    const head = `${questionOf(gate, words)} ${right ? words.right : words.missed}`;
    const label = gate.kind === "which" ? words.trueIs : words.runSays;
    for (const text of [
      head,
      right ? "" : `${words.youSaid}: ${answerText(gate, given, words)}`,
      `${label}: ${answerText(gate, rightAnswer(gate), words)}`,
      remark(gate, given) ?? "",
      gate.because,
    ])
      if (text !== "") coded(box.appendChild(document.createElement("p")), text);
    this.#host.append(box);
    return box;
  }
}

function questionOf(gate: Gate, words: Words): string {
  const [one = "", other = ""] = gate.target.split(" ");
  switch (gate.kind) {
    case "which":
      return gate.target;
    case "shares":
      return words.shares(one, other);
    case "raises":
      return words.raises;
    case "shape":
    case "dtype":
    case "value":
    case "grad":
      return words[gate.kind](gate.target);
    case null:
      return "";
  }
}

/** Text whose pieces between backticks are code. */
function coded(host: HTMLElement, text: string): void {
  for (const [index, piece] of text.split("`").entries()) {
    if (index % 2 === 0) host.append(piece);
    else host.appendChild(document.createElement("code")).textContent = piece;
  }
}
