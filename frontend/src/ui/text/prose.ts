/** Text with code between backticks, and with figures between lines of three backticks. */

/** A part of a sentence. */
export interface Inline {
  readonly kind: "text" | "code";
  readonly text: string;
}

export type Block =
  { readonly kind: "paragraph"; readonly text: string } | { readonly kind: "figure"; readonly text: string };

/** The paragraphs and figures of a text, in order. */
export function blocks(text: string): Block[] {
  const found: Block[] = [];
  let lines: string[] = [];
  let figure = false;
  const close = (): void => {
    const block = lines.join("\n");
    if (figure) found.push({ kind: "figure", text: block });
    else {
      const paragraphs = block.split(/\n\s*\n/).map((paragraph) => paragraph.trim());
      for (const paragraph of paragraphs) if (paragraph !== "") found.push({ kind: "paragraph", text: paragraph });
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

/** A sentence in prose and code. A backtick without a partner stays as it is. */
export function inlines(text: string): Inline[] {
  return text
    .split(/(`[^`\n]*`)/)
    .map((part, index): Inline =>
      index % 2 === 0 ? { kind: "text", text: part } : { kind: "code", text: part.slice(1, -1) },
    )
    .filter((part) => part.text !== "");
}

/** A program's text as code in a sentence: on one line, of at most `most` characters. */
export function code(text: string, most = 48): string {
  const line = text.replaceAll("`", "ˋ").replace(/\s+/g, " ").trim();
  const characters = Array.from(line);
  return `\`${characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : line}\``;
}
