/** Explanations as the service writes them: inline code between backticks, figures between lines of three backticks. */

export interface Piece {
  readonly kind: "text" | "code";
  readonly text: string;
}

export type Block =
  | { readonly kind: "paragraph"; readonly pieces: readonly Piece[] }
  | { readonly kind: "figure"; readonly text: string };

/** The paragraphs and figures of a text, in order. */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  let lines: string[] = [];
  let figure = false;
  const close = (): void => {
    if (figure) found.push({ kind: "figure", text: lines.join("\n") });
    else if (lines.some((line) => line.trim() !== "")) {
      for (const paragraph of lines.join("\n").split(/\n\s*\n/)) {
        if (paragraph.trim() !== "") found.push({ kind: "paragraph", pieces: pieces(paragraph.trim()) });
      }
    }
    lines = [];
  };
  for (const line of text.split("\n")) {
    if (line.trim() === "```") {
      close();
      figure = !figure;
    } else lines.push(line);
  }
  close();
  return found;
}

/** A text without figures in pieces; a backtick without a partner stays as it is. */
export function pieces(text: string): Piece[] {
  return text
    .split(/(`[^`\n]+`)/)
    .filter((part) => part !== "")
    .map((part) =>
      part.length > 2 && part.startsWith("`") && part.endsWith("`")
        ? { kind: "code", text: part.slice(1, -1) }
        : { kind: "text", text: part },
    );
}
