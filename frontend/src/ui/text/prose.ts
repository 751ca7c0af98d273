/** Sentences with code in them, between backticks. */

export interface Run {
  readonly code: boolean;
  readonly text: string;
}

/** `text` in runs of prose and of code. */
export function runs(text: string): Run[] {
  return text
    .split("`")
    .map((part, place) => ({ code: place % 2 === 1, text: part }))
    .filter((run) => run.text !== "");
}

/** A program's text as code in a sentence: on one line, of at most `most` characters. */
export function code(text: string, most = 48): string {
  const line = text.replaceAll("`", "ˋ").replace(/\s+/g, " ").trim();
  const characters = Array.from(line);
  return `\`${characters.length > most ? `${characters.slice(0, most - 1).join("")}…` : line}\``;
}
