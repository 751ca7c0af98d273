/** The comments of a source in which its author asks a question of the reader: `#? shape z`, and the lines that go with it. */

/** Lines that belong together, counted from 1, both included. */
export interface Lines {
  readonly first: number;
  readonly last: number;
}

const COMMENT = /^\s*#\?/;

/** The blocks of such comments: lines that follow one another. */
export function questionLines(source: string): readonly Lines[] {
  const blocks: { first: number; last: number }[] = [];
  for (const [at, line] of source.split("\n").entries()) {
    if (!COMMENT.test(line)) continue;
    const open = blocks.at(-1);
    if (open?.last === at) open.last = at + 1;
    else blocks.push({ first: at + 1, last: at + 1 });
  }
  return blocks;
}

/** Whether a program asks anything. */
export function asksSomething(sources: readonly string[]): boolean {
  return sources.some((source) => source.split("\n").some((line) => COMMENT.test(line)));
}
