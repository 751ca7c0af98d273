/** Python's source in pieces that have a colour each: for reading, where an editor would be too much. */

import { type Range, rangeOf, type SourceSpan } from "../ui/text/spans.ts";

type Colour = "keyword" | "function" | "string" | "number" | "comment" | "name";

/** A piece of one line. */
export interface Piece {
  readonly text: string;
  readonly colour: Colour;
}

/** A line of the source: what is before the span that is lit, in it and after it. `lit`: the span goes through it. */
export interface Line {
  readonly before: readonly Piece[];
  readonly marked: readonly Piece[];
  readonly after: readonly Piece[];
  readonly lit: boolean;
}

const KEYWORDS = new Set(
  (
    "and as assert async await break class continue def del elif else except finally for from global if import in is " +
    "lambda nonlocal not or pass raise return try while with yield self"
  ).split(" "),
);
const CONSTANTS = new Set(["True", "False", "None"]);
/** A comment; a string of three quotes or of one, which may lack its end; a number; a name that is called; any other name. */
const TOKEN = new RegExp(
  [
    String.raw`(?<comment>#[^\n]*)`,
    String.raw`(?<string>(?<![\p{L}_\d])[rbfuRBFU]{0,2}(?:"""[\s\S]*?(?:"""|$(?![\s\S]))|'''[\s\S]*?(?:'''|$(?![\s\S]))|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))`,
    String.raw`(?<number>(?<![\p{L}_\d])(?:0[xXbBoO][\da-fA-F_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d+)?[jJ]?))`,
    String.raw`(?<decorator>(?<=^[ \t]*)@[\p{L}_][\p{L}\p{N}_.]*)`,
    String.raw`(?<call>[\p{L}_][\p{L}\p{N}_]*(?=[ \t]*\())`,
    String.raw`[\p{L}_][\p{L}\p{N}_]*`,
  ].join("|"),
  "gmu",
);

interface Token extends Range {
  readonly colour: Colour;
}

/** The lines of a source. */
export function linesOf(source: string, span: SourceSpan | null): Line[] {
  const lit = span === null ? null : rangeOf(source, span);
  const tokens = tokensOf(source);
  let start = 0;
  return source.split("\n").map((text) => {
    const [from, to] = [start, start + text.length];
    start = to + 1;
    // Without a span all of the line is before it.
    const begin = clamped(lit?.from ?? to, from, to);
    const end = clamped(lit?.to ?? to, from, to);
    return {
      before: piecesOf(source, { from, to: begin }, tokens),
      marked: piecesOf(source, { from: begin, to: end }, tokens),
      after: piecesOf(source, { from: end, to }, tokens),
      lit: end > begin,
    };
  });
}

function clamped(at: number, from: number, to: number): number {
  return Math.min(Math.max(at, from), to);
}

/** The pieces of a range: the tokens in it, and what is between them. */
function piecesOf(source: string, { from, to }: Range, tokens: readonly Token[]): Piece[] {
  const pieces: Piece[] = [];
  const add = (upTo: number, colour: Colour): void => {
    if (upTo > from) pieces.push({ text: source.slice(from, upTo), colour });
    from = Math.max(from, upTo);
  };
  for (const token of tokens) {
    if (token.to <= from || token.from >= to) continue;
    add(token.from, "name");
    add(Math.min(token.to, to), token.colour);
  }
  add(to, "name");
  return pieces;
}

function tokensOf(source: string): Token[] {
  return [...source.matchAll(TOKEN)].map((match) => ({
    from: match.index,
    to: match.index + match[0].length,
    colour: colourOf(match),
  }));
}

function colourOf({ 0: text, groups = {} }: RegExpExecArray): Colour {
  if (groups["comment"] !== undefined) return "comment";
  if (groups["string"] !== undefined) return "string";
  if (groups["number"] !== undefined || CONSTANTS.has(text)) return "number";
  if (groups["decorator"] !== undefined || KEYWORDS.has(text)) return "keyword";
  return groups["call"] === undefined ? "name" : "function";
}
