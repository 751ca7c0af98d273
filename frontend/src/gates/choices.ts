/** The answers that a gate lets a person choose from; null if they write theirs. */

import type { Gate } from "../api/schema.ts";

/** A choice: what is given when it is picked, and the name of its text where the page has one. */
export interface Choice {
  readonly given: string;
  readonly text: "yes" | "no" | "noError" | null;
}

/** What the page says of answers that are no code. */
export type AnswerWords = Readonly<Record<"yes" | "no" | "noError", string>>;

const DTYPES = ["float32", "float64", "int64", "int32", "bool", "complex64"].map((name) => `torch.${name}`);
const TRUTHS = ["True", "False"];
const ERRORS = ["RuntimeError", "TypeError", "ValueError", "IndexError"];
const NO_ERROR = "no error";

export function choicesOf(gate: Gate): readonly Choice[] | null {
  const written = (given: string): Choice => ({ given, text: null });
  switch (gate.kind) {
    case "which":
      return shuffled(gate.options, gate.target).map(({ text }) => written(text));
    case "shares":
      return [
        { given: "True", text: "yes" },
        { given: "False", text: "no" },
      ];
    case "raises":
      return [{ given: NO_ERROR, text: "noError" }, ...withOwn(ERRORS, gate.answer).map(written)];
    case "dtype":
      return withOwn(DTYPES, gate.answer).map(written);
    case "value":
      return TRUTHS.includes(gate.answer ?? "") ? TRUTHS.map(written) : null;
    case "shape":
    case "grad":
    case null:
      return null;
  }
}

/** An answer as the page says it: in the words of its choice, or as code. */
export function answerText(gate: Gate, answer: string, words: AnswerWords): string {
  if (gate.kind === "which") return answer;
  const text = choicesOf(gate)?.find(({ given }) => given === answer)?.text ?? null;
  return text === null ? `\`${answer}\`` : words[text];
}

/** With the right answer among them, where it does not stand out. */
function withOwn(usual: readonly string[], answer: string | null): readonly string[] {
  return answer === null || answer === NO_ERROR || usual.includes(answer) ? usual : [...usual, answer].sort();
}

/** In an order that is always the same for the same question, and says nothing of which is right. */
export function shuffled<Item>(items: readonly Item[], seed: string): readonly Item[] {
  let state = 1;
  for (const character of seed) state = (state * 31 + (character.codePointAt(0) ?? 0)) % 2147483647;
  const left = [...items];
  const order: Item[] = [];
  while (left.length > 0) {
    state = (state * 48271 + 11) % 2147483647;
    order.push(...left.splice(state % left.length, 1));
  }
  return order;
}
