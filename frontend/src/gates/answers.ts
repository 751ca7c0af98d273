/** What a person answers to a gate, read as they may have written it, and compared with what the run says. */

import type { Gate } from "../api/schema.ts";

/** Numbers are the same to so many of their digits, or as far as the person wrote them. */
const RELATIVE = 1e-4;

/** The right answer of a gate, in words. */
export function rightAnswer(gate: Gate): string {
  return gate.kind === "which" ? (gate.options.find(({ right }) => right)?.text ?? "") : (gate.answer ?? "");
}

/** Whether an answer is right. */
export function isRight(gate: Gate, given: string): boolean {
  return same(gate.kind, given, rightAnswer(gate));
}

/** What is wrong with a wrong answer, or what there is to say of the option that was picked; null if nobody has foreseen it. */
export function remark(gate: Gate, given: string): string | null {
  const said =
    gate.kind === "which"
      ? gate.options.find(({ text }) => text === given)
      : gate.misses.find(({ answer }) => same(gate.kind, given, answer));
  return said === undefined || said.because === "" ? null : said.because;
}

/** Which of the wrong answers that a gate names was given, in their order from 0; null if none of them. */
export function wrongAnswer(gate: Gate, given: string): number | null {
  const at =
    gate.kind === "which"
      ? gate.options.filter(({ right }) => !right).findIndex(({ text }) => text === given)
      : gate.misses.findIndex(({ answer }) => same(gate.kind, given, answer));
  return at < 0 ? null : at;
}

function same(kind: Gate["kind"], given: string, answer: string): boolean {
  if (kind === "which" || kind === "raises" || kind === "shares") return given === answer;
  if (kind === "shape") return sizes(given) !== null && sizes(given) === sizes(answer);
  if (kind === "dtype") return dtype(given) === dtype(answer);
  return sameValue(given, answer);
}

/** The sizes of a shape, however it is written: `(2, 3)`, `[2,3]`, `2 x 3`, `torch.Size([2, 3])`. */
function sizes(text: string): string | null {
  const plain = full(text).replace(/torch\.Size|size/gi, "");
  if (!/^[\s\d()[\],x×*]*$/i.test(plain) || !/[\d([]/.test(plain)) return null;
  return (plain.match(/\d+/g) ?? []).join(",");
}

const ALIASES: Readonly<Record<string, string>> = {
  float: "float32",
  double: "float64",
  half: "float16",
  long: "int64",
  int: "int32",
  short: "int16",
};

function dtype(text: string): string {
  const name = text.trim().replace(/^torch\./, "");
  return ALIASES[name] ?? name;
}

/** A number or nested numbers as text: its shape, and the numbers in order. */
function sameValue(given: string, answer: string): boolean {
  const [one, other] = [tokens(given), tokens(answer)];
  if (one.length === 0 || one.length !== other.length) return false;
  return one.every((token, at) => sameToken(token, other[at] ?? ""));
}

/** Brackets, numbers and words; what tensors are printed with around their values is left out. */
function tokens(text: string): string[] {
  const plain = full(text)
    .replace(/^\s*(torch\.)?tensor\((.*)\)\s*$/is, "$2")
    .replace(/,\s*(dtype|grad_fn|device|requires_grad)=.*$/s, "");
  return plain.match(/[[\]]|[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?|\p{L}+/giu) ?? [];
}

function sameToken(given: string, answer: string): boolean {
  const [one, other] = [Number(given), Number(answer)];
  if (Number.isNaN(one) || Number.isNaN(other)) return given.toLowerCase() === answer.toLowerCase();
  const digits = /\.(\d+)$/.exec(given)?.[1]?.length ?? 0;
  // Whoever rounds to two digits or more knows the number.
  const rounded = digits >= 2 && Math.abs(one - other) <= 0.5 * 10 ** -digits;
  return rounded || Math.abs(one - other) <= RELATIVE * Math.max(Math.abs(other), 1e-8);
}

/** With the characters of Chinese keyboards as Python has them. */
function full(text: string): string {
  return text
    .replace(/[！-～]/g, (character) => String.fromCharCode(character.charCodeAt(0) - 0xfee0))
    .replace(/[，、]/g, ",")
    .replace(/−/g, "-")
    .replace(/[【】]/g, (bracket) => (bracket === "【" ? "[" : "]"))
    .replace(/。/g, ".");
}
